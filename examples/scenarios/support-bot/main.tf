terraform {
  required_version = ">= 1.11"

  required_providers {
    aichatbothub = {
      source  = "aichatbothub/aichatbothub"
      version = "~> 0.1"
    }
  }
}

# The key and the address are read from AICHATBOTHUB_API_KEY and AICHATBOTHUB_BASE_URL.
provider "aichatbothub" {}

resource "aichatbothub_chatbot" "support" {
  name           = "${var.company} support"
  visibility     = var.visibility
  show_citations = true

  rate_limit         = var.rate_limit
  rate_limit_message = "That was a lot of questions. Please wait ${var.rate_limit.seconds} seconds."

  deletion_protection = var.protect
}

# The service creates this agent with the chatbot. It answers from everything that the chatbot knows.
resource "aichatbothub_default_agent" "support" {
  chatbot_id = aichatbothub_chatbot.support.id
  prompt     = templatefile("${path.module}/prompt.md", { company = var.company })
}

# What the chatbot knows.
resource "aichatbothub_knowledge_base" "support" {
  chatbot_id = aichatbothub_chatbot.support.id
  questions  = var.questions

  # A part of the create that fails is a warning, so that Terraform does not delete and upload everything again. This makes the run fail.
  lifecycle {
    postcondition {
      condition     = length(self.failed) == 0
      error_message = "Not trained: ${join(", ", [for question, reason in self.failed : "${question}: ${reason}"])}"
    }
  }
}
