output "chatbot_id" {
  description = "The id of the chatbot."
  value       = aichatbothub_chatbot.bot.id
}

output "embed_html" {
  description = "The HTML for the pages of the customer."
  value       = aichatbothub_chatbot.bot.embed_html
}

output "prompt" {
  description = "The instructions that the agent has."
  value       = aichatbothub_default_agent.bot.prompt
}

output "documents" {
  description = "The SHA-256 of each document, by file."
  value       = aichatbothub_knowledge_base.bot.content
}
