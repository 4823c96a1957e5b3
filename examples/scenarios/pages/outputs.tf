output "chatbot_id" {
  description = "The id of the chatbot."
  value       = aichatbothub_chatbot.site.id
}

output "source_ids" {
  description = "The id of the source of each page."
  value       = aichatbothub_knowledge_base.site.source_ids
}

output "embed_html" {
  description = "The HTML for the pages of the web site. Add it before `</body>`."
  value       = aichatbothub_chatbot.site.embed_html
}
