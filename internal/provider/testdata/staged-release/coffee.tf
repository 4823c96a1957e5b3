resource "aichatbothub_source" "coffee" {
  chatbot_id = aichatbothub_chatbot.bot.id
  qa         = { question = "Is coffee free?", answer = "Coffee is free." }

  lifecycle {
    create_before_destroy = true
  }
}
