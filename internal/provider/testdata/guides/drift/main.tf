terraform {
  required_providers {
    aichatbothub = {
      source  = "aichatbothub/aichatbothub"
      version = "~> 0.1"
    }
  }
}

resource "aichatbothub_chatbot" "shop" {
  name = "Shop"
}

resource "aichatbothub_agent" "orders" {
  chatbot_id      = aichatbothub_chatbot.shop.id
  type            = "user-facing"
  name            = "Orders"
  prompt          = "You help with orders."
  use_all_sources = true
}

check "temperature" {
  assert {
    condition     = aichatbothub_agent.orders.temperature == 0
    error_message = "Somebody has changed the temperature."
  }
}

output "chatbot_id" {
  value = aichatbothub_chatbot.shop.id
}

output "agent_id" {
  value = aichatbothub_agent.orders.id
}
