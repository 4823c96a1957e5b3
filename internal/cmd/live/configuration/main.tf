# For make test-live: one object of each type, each in a file of its own. A second apply has changed = true.

terraform {
  required_version = ">= 1.11"

  required_providers {
    aichatbothub = { source = "aichatbothub/aichatbothub" }
  }
}

variable "name" {
  type = string
}

variable "changed" {
  type    = bool
  default = false
}

variable "ask" {
  type    = bool
  default = false
}

locals {
  word = var.changed ? "second" : "first"
}
