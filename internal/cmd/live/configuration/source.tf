resource "aichatbothub_source" "live" {
  chatbot_id = aichatbothub_chatbot.live.id
  title      = "Opening hours: the ${local.word} title"
  qa = {
    question = "When do you open?"
    answer   = "At nine."
  }
}
