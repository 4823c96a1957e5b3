output "chatbot_id" {
  description = "The id of the chatbot."
  value       = aichatbothub_chatbot.shop.id
}

output "answers" {
  description = "The answers, by the key of the question."
  value       = { for key, message in aichatbothub_message.smoke : key => message.response }
}
