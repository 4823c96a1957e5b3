resource "aichatbothub_session" "live" {
  chatbot_id = aichatbothub_chatbot.live.id
}
