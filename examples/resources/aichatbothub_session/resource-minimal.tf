resource "aichatbothub_chatbot" "support" {
  name = "Support"
}

resource "aichatbothub_session" "monitoring" {
  chatbot_id = aichatbothub_chatbot.support.id
}
