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

resource "aichatbothub_chatbot" "shop" {
  name       = "${var.shop} FAQ"
  visibility = "hybrid"
}

# One source for each row. The order of the rows does not matter.
resource "aichatbothub_knowledge_base" "faq" {
  chatbot_id = aichatbothub_chatbot.shop.id
  questions  = provider::aichatbothub::faq(file("${path.module}/${var.file}"), "csv")

  # A part of the create that fails is a warning, so that Terraform does not delete and upload everything again. This makes the run fail.
  lifecycle {
    postcondition {
      condition     = length(self.failed) == 0
      error_message = "Not trained: ${join(", ", [for document, reason in self.failed : "${document}: ${reason}"])}"
    }
  }
}
