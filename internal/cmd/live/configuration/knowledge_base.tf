resource "aichatbothub_knowledge_base" "live" {
  chatbot_id = aichatbothub_chatbot.live.id
  questions = {
    "Can I send a book back?" = "Yes, within 30 days."
    "What is the word?"       = "The word is ${local.word}."
  }

  lifecycle {
    postcondition {
      condition     = length(self.failed) == 0
      error_message = "Not trained: ${join(", ", keys(self.failed))}"
    }
  }
}
