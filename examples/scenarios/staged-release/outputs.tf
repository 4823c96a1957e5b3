output "staging_id" {
  description = "The id of the chatbot that is asked."
  value       = module.staging.chatbot_id
}

output "production_id" {
  description = "The id of the chatbot that visitors use."
  value       = module.production.chatbot_id
}

output "answers" {
  description = "The last answer to each case."
  value       = aichatbothub_answer_test.release.answers
}
