terraform {
  required_providers {
    aichatbothub = {
      source  = "aichatbothub/aichatbothub"
      version = "~> 0.1"
    }
  }
}

# The API key is read from the environment variable AICHATBOTHUB_API_KEY.
provider "aichatbothub" {}

variable "shop" {
  description = "The name of the shop."
  type        = string
  default     = "Northwind Books"
}

resource "aichatbothub_chatbot" "shop" {
  name = "${var.shop} support"
}

# The prompt is the file, as it is.
resource "aichatbothub_default_agent" "answers" {
  chatbot_id = aichatbothub_chatbot.shop.id
  prompt     = file("${path.module}/prompts/answers.md")
}

# A template: ${shop} and ${rules} in the file are replaced.
resource "aichatbothub_agent" "orders" {
  chatbot_id      = aichatbothub_chatbot.shop.id
  type            = "user-facing"
  name            = "Orders"
  description     = "Questions about orders and deliveries."
  use_all_sources = true

  prompt = templatefile("${path.module}/prompts/orders.md.tftpl", {
    shop  = var.shop
    rules = file("${path.module}/prompts/rules.md")
  })
}

# Shown after an apply: the hash of the prompt that the agent has now.
output "prompt_sha256" {
  value = {
    answers = aichatbothub_default_agent.answers.prompt_sha256
    orders  = aichatbothub_agent.orders.prompt_sha256
  }
}
