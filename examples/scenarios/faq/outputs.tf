output "chatbot_id" {
  description = "The id of the chatbot."
  value       = aichatbothub_chatbot.shop.id
}

output "source_ids" {
  description = "The id of the source of each question, by question."
  value       = aichatbothub_knowledge_base.faq.source_ids
}

output "embed_html" {
  description = "The HTML for the pages of the shop. Add it before `</body>`."
  value       = aichatbothub_chatbot.shop.embed_html
}
