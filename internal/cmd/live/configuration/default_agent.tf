resource "aichatbothub_default_agent" "live" {
  chatbot_id = aichatbothub_chatbot.live.id
  prompt     = "Answer in one sentence. This is the ${local.word} prompt."
}
