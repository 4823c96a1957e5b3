output "chatbot_id" {
  description = "The id of the chatbot."
  value       = aichatbothub_chatbot.handbook.id
}

output "documents" {
  description = "The id of the source of each document, by the path of the file."
  value       = aichatbothub_knowledge_base.handbook.source_ids
}
