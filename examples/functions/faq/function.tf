resource "aichatbothub_chatbot" "shop" {
  name = "Shop"
}

locals {
  # Usually file("${path.module}/faq.csv"). Without the row that names the columns, the first cell is the question and the second the answer.
  table = <<-EOT
    question;answer
    When is the shop open?;From 9 to 18, Monday to Saturday.
    What does shipping cost?;"Three euros;
    orders above 40 euros are free of it."
  EOT

  # Usually file("${path.module}/faq.md").
  document = <<-EOT
    # Returns

    ## How long can I return a book?

    For **30 days**, with the receipt.
  EOT
}

resource "aichatbothub_knowledge_base" "faq" {
  chatbot_id = aichatbothub_chatbot.shop.id
  questions = merge(
    provider::aichatbothub::faq(local.table, "csv"),
    provider::aichatbothub::faq(local.document, "markdown"),
  )

  lifecycle {
    postcondition {
      condition     = length(self.failed) == 0
      error_message = "Not trained: ${join(", ", keys(self.failed))}"
    }
  }
}
