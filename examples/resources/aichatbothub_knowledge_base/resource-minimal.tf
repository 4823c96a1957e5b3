resource "aichatbothub_chatbot" "shop" {
  name = "Shop"
}

resource "aichatbothub_knowledge_base" "shop" {
  chatbot_id = aichatbothub_chatbot.shop.id
  questions  = { "When is the shop open?" = "From 9 to 18, Monday to Saturday." }

  lifecycle {
    postcondition {
      condition     = length(self.failed) == 0
      error_message = "Not trained: ${join(", ", keys(self.failed))}"
    }
  }
}
