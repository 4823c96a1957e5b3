output "chatbot_id" {
  description = "The id of the chatbot."
  value       = aichatbothub_chatbot.sales.id
}

output "embed_html" {
  description = "The HTML for the pages of the web site. Add it before `</body>`."
  value       = aichatbothub_chatbot.sales.embed_html
}

output "json_schema" {
  description = "The JSON Schema of what `crm_url` receives."
  value       = aichatbothub_tool_function.send_lead.parameters
}
