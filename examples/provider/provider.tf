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

resource "aichatbothub_chatbot" "support" {
  name       = "Support"
  visibility = "public"
}

output "chat_page" {
  value = aichatbothub_chatbot.support.widget_url
}
