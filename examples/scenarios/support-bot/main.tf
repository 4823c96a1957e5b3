terraform {
  required_version = ">= 1.8" # for mocks in tests

  required_providers {
    aichatbothub = {
      source  = "aichatbothub/aichatbothub"
      version = "~> 0.1"
    }
  }
}

# The key and the address are read from AICHATBOTHUB_API_KEY and AICHATBOTHUB_BASE_URL.
provider "aichatbothub" {}

# The chatbot on the pages of the web site.
resource "aichatbothub_chatbot" "live" {
  name       = "${var.company} support"
  visibility = "hybrid"

  rate_limit         = var.rate_limit
  rate_limit_message = "That was a lot of questions. Please wait ${var.rate_limit.seconds} seconds."
  show_citations     = true

  deletion_protection = var.protect
}

# A copy for tests, which only the owner can open.
resource "aichatbothub_chatbot" "rehearsal" {
  name           = "${var.company} support (rehearsal)"
  show_citations = true
}
