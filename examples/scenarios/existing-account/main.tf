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

# The chatbots that exist. What is written here must be what the service has: a difference is a change in the first plan.
resource "aichatbothub_chatbot" "bot" {
  for_each = var.chatbots

  name           = each.value.name
  visibility     = each.value.visibility
  show_citations = each.value.show_citations

  rate_limit         = each.value.rate_limit
  rate_limit_message = each.value.rate_limit_message

  deletion_protection = var.protect
}

# The agent that the service has created with each chatbot.
resource "aichatbothub_default_agent" "bot" {
  for_each = var.chatbots

  chatbot_id = aichatbothub_chatbot.bot[each.key].id
  prompt     = file("${path.module}/prompts/${each.key}.md")
}

# A knowledge base cannot be imported. With adopt, its create takes over the questions that the chatbot has already, and uploads the others.
resource "aichatbothub_knowledge_base" "bot" {
  for_each = var.chatbots

  chatbot_id = aichatbothub_chatbot.bot[each.key].id
  questions  = provider::aichatbothub::faq(file("${path.module}/faq/${each.key}.csv"), "csv")
  adopt      = true

  # A part of the create that fails is a warning, so that Terraform does not delete and upload everything again. This makes the run fail.
  lifecycle {
    postcondition {
      condition     = length(self.failed) == 0
      error_message = "Not trained: ${join(", ", [for question, reason in self.failed : "${question}: ${reason}"])}"
    }
  }
}
