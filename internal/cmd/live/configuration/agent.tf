resource "aichatbothub_agent" "live" {
  chatbot_id      = aichatbothub_chatbot.live.id
  type            = "user-facing"
  name            = "Orders"
  description     = "Questions about orders: the ${local.word} description."
  prompt          = "Help with orders. This is the ${local.word} prompt."
  use_all_sources = true
}
