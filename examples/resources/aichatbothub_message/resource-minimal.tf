resource "aichatbothub_chatbot" "support" {
  name = "Support"
}

resource "aichatbothub_session" "test" {
  chatbot_id = aichatbothub_chatbot.support.id
}

resource "aichatbothub_message" "hours" {
  session_id = aichatbothub_session.test.id
  query      = "When is the shop open?"
}

output "answer" {
  value = aichatbothub_message.hours.response
}
