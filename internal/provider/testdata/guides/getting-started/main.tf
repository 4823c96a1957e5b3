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

resource "aichatbothub_chatbot" "shop" {
  name       = "Shop"
  visibility = "public" # everybody who has the address can chat
}

# The agent that the service creates with each chatbot. It answers from all documents.
resource "aichatbothub_default_agent" "shop" {
  chatbot_id = aichatbothub_chatbot.shop.id
  prompt     = "You answer the customers of a bookshop from its documents. Be brief and polite."
}

resource "aichatbothub_knowledge_base" "shop" {
  chatbot_id = aichatbothub_chatbot.shop.id
  folder     = { path = "${path.module}/docs" }

  # Fail when a document cannot be trained, instead of only warning.
  lifecycle {
    postcondition {
      condition     = length(self.failed) == 0
      error_message = "Not trained: ${join(", ", keys(self.failed))}"
    }
  }
}

output "chat_page" {
  value = aichatbothub_chatbot.shop.widget_url
}
