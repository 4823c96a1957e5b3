resource "aichatbothub_chatbot" "support" {
  name = "Support"
}

resource "aichatbothub_source" "hours" {
  chatbot_id = aichatbothub_chatbot.support.id

  qa = {
    question = "When is the shop open?"
    answer   = "From 9 to 18, Monday to Saturday."
  }
}
