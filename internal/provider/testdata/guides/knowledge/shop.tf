resource "aichatbothub_knowledge_base" "shop" {
  chatbot_id = aichatbothub_chatbot.handbook.id
  questions  = provider::aichatbothub::faq(file("${path.module}/faq.csv"), "csv")

  pages         = ["https://shop.example.com/returns", "https://shop.example.com/delivery"]
  pages_max_age = "168h" # fetched again after a week

  lifecycle {
    postcondition {
      condition     = length(self.failed) == 0
      error_message = "Not trained: ${join(", ", keys(self.failed))}"
    }
  }
}
