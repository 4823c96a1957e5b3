output "chatbot_id" {
  description = "The id of the chatbot."
  value       = aichatbothub_chatbot.handbook.id
}

output "documents" {
  description = "The title of each source, by file."
  value       = { for file, source in aichatbothub_source.document : file => source.title }
}
