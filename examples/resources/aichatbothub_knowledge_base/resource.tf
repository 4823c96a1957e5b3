resource "aichatbothub_chatbot" "shop" {
  name       = "Shop"
  visibility = "public"
}

locals {
  # Usually file("${path.module}/faq.csv").
  faq = <<-EOT
    question,answer
    When is the shop open?,"From 9 to 18, Monday to Saturday."
    What does delivery cost?,Three euros.
  EOT
}

# Everything that the chatbot answers from. For documents, add a folder:
#
#   folder = {
#     path        = "${path.module}/docs"
#     include     = ["**/*.{md,pdf,docx}"]
#     exclude     = ["drafts/**"]
#     link_prefix = "https://shop.example.com/docs/"
#   }
resource "aichatbothub_knowledge_base" "shop" {
  chatbot_id = aichatbothub_chatbot.shop.id

  questions = provider::aichatbothub::faq(local.faq, "csv")

  pages         = ["https://shop.example.com/returns", "https://shop.example.com/delivery"]
  pages_max_age = "168h" # pages are fetched again after a week

  timeouts = {
    create = "2h"
  }

  # A part of a create that fails is a warning, so that Terraform does not delete and upload everything again. This makes the run fail, and
  # what depends on the knowledge base wait.
  lifecycle {
    postcondition {
      condition     = length(self.failed) == 0
      error_message = "Not trained: ${join(", ", [for document, reason in self.failed : "${document}: ${reason}"])}"
    }
  }
}
