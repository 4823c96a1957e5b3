output "chatbot_ids" {
  description = "The id of the chatbot of each customer, by key."
  value       = { for key, bot in module.bot : key => bot.chatbot_id }
}

output "embed_html" {
  description = "The HTML for the pages of each customer, by key. Add it before `</body>`."
  value       = { for key, bot in module.bot : key => bot.embed_html }
}
