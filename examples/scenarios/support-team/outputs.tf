output "chatbot_id" {
  description = "The id of the chatbot."
  value       = aichatbothub_chatbot.shop.id
}

output "embed_html" {
  description = "The snippet for the pages of the shop. Add it before `</body>`."
  value       = aichatbothub_chatbot.shop.embed_html
}
