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

# The service creates an agent with every chatbot, which answers from all sources.
resource "aichatbothub_chatbot" "shop" {
  name = "${var.shop} help"
}

resource "aichatbothub_source" "faq" {
  for_each = var.faq

  chatbot_id = aichatbothub_chatbot.shop.id
  title      = each.key
  qa         = each.value
}
