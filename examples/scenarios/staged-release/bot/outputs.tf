output "chatbot_id" {
  description = "The id of the chatbot."
  value       = aichatbothub_chatbot.bot.id
}

output "embed_html" {
  description = "The HTML for the pages of the web site."
  value       = aichatbothub_chatbot.bot.embed_html
}

output "prompt_sha256" {
  description = "The SHA-256 of the prompt."
  value       = aichatbothub_default_agent.bot.prompt_sha256
}

output "revision" {
  description = "A value that changes with each change of the documents."
  value       = aichatbothub_knowledge_base.bot.revision
}

output "documents" {
  description = "The SHA-256 of each document, by file."
  value       = aichatbothub_knowledge_base.bot.content
}
