output "chatbot_id" {
  description = "The id of the chatbot."
  value       = aichatbothub_chatbot.shop.id
}

output "source_ids" {
  description = "The id of the source of each question, by key."
  value       = { for key, source in aichatbothub_source.faq : key => source.id }
}
