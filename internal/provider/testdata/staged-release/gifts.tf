resource "aichatbothub_agent" "gifts" {
  chatbot_id      = aichatbothub_chatbot.bot.id
  type            = "user-facing"
  name            = "Gifts"
  use_all_sources = true
}
