output "chatbot_id" {
  description = "The id of the chatbot."
  value       = aichatbothub_chatbot.shop.id
}

output "titles" {
  description = "The title of each document, by file. The service writes it."
  value       = { for file, source in aichatbothub_source.document : file => source.title }
}

output "question_ids" {
  description = "The id of the source of each question, by key."
  value       = { for key, source in aichatbothub_source.question : key => source.id }
}
