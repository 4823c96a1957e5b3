terraform {
  required_version = ">= 1.11" # for ephemeral variables and write-only arguments

  required_providers {
    aichatbothub = {
      source  = "aichatbothub/aichatbothub"
      version = "~> 0.1"
    }
  }
}

# The key and the address are read from AICHATBOTHUB_API_KEY and AICHATBOTHUB_BASE_URL.
provider "aichatbothub" {}

resource "aichatbothub_chatbot" "shop" {
  name           = "${var.shop} support"
  visibility     = "hybrid"
  show_citations = true

  deletion_protection = var.protect
}

# Hands over to a person when the visitor asks for one or says one of these things.
resource "aichatbothub_agent" "human" {
  chatbot_id  = aichatbothub_chatbot.shop.id
  type        = "human-escalation"
  name        = "Ask a person"
  description = "The visitor wants a person, or is angry."

  human_escalation_settings = {
    human_requested_message = "One moment, somebody of ${var.shop} will be with you."
    monitored_messages      = var.hand_over_on
  }
}

# Labels conversations without taking part in them.
resource "aichatbothub_agent" "labels" {
  chatbot_id = aichatbothub_chatbot.shop.id
  type       = "background"
  name       = "Labels"
  prompt     = "Label each conversation by what the visitor wanted."

  tags = [
    { name = "delivery", criteria = "The visitor asks where an order is.", color = "#2E90FA" },
    { name = "return", criteria = "The visitor wants to send something back.", color = "#F79009" },
    { name = "complaint", criteria = "The visitor is not content with the shop.", color = "#D92D20" },
  ]
}
