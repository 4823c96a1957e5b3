terraform {
  required_providers {
    aichatbothub = {
      source  = "aichatbothub/aichatbothub"
      version = "~> 0.1"
    }
  }
}

variable "customers" {
  description = "The questions of each customer, with their answers."
  type        = map(map(string))
}

variable "prompts" {
  description = "The prompts of customers that have one of their own."
  type        = map(string)
  default     = {}
}

module "bot" {
  source   = "./bot"
  for_each = var.customers

  name      = each.key
  prompt    = lookup(var.prompts, each.key, "Be brief.")
  questions = each.value
}
