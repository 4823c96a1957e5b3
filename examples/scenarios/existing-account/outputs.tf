output "chatbot_ids" {
  description = "The id of each chatbot, by key."
  value       = { for key, bot in aichatbothub_chatbot.bot : key => bot.id }
}

output "embed_html" {
  description = "The HTML that the pages with each chatbot have already, by key."
  value       = { for key, bot in aichatbothub_chatbot.bot : key => bot.embed_html }
}
