output "staging_id" {
  description = "The id of the chatbot that is asked."
  value       = module.staging.chatbot_id
}

output "production_id" {
  description = "The id of the chatbot that visitors use."
  value       = module.production.chatbot_id
}

output "embed_html" {
  description = "The HTML for the pages of the web site, with production. Add it before `</body>`."
  value       = module.production.embed_html
}

output "answers" {
  description = "The last answer to each case."
  value       = aichatbothub_answer_test.release.answers
}
