output "live_id" {
  description = "The id of the live chatbot."
  value       = aichatbothub_chatbot.live.id
}

output "embed_html" {
  description = "The snippet for the pages of the web site. Add it before </body>."
  value       = aichatbothub_chatbot.live.embed_html
}

output "rehearsal_page" {
  description = "The chat page of the rehearsal chatbot."
  value       = aichatbothub_chatbot.rehearsal.widget_url
}
