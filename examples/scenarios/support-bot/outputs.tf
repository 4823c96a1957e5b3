output "chatbot_id" {
  description = "The id of the chatbot."
  value       = aichatbothub_chatbot.support.id
}

output "embed_html" {
  description = "The HTML for the pages of the web site. Add it before `</body>`."
  value       = aichatbothub_chatbot.support.embed_html
}

output "widget_url" {
  description = "The address of the chat page. Visitors can open it only if the chatbot is public."
  value       = aichatbothub_chatbot.support.widget_url
}
