data "aichatbothub_chatbot" "support" {
  name = "Support"
}

# All sources of the chatbot.
data "aichatbothub_sources" "all" {
  chatbot_id = data.aichatbothub_chatbot.support.id
}

# Its web pages below /help.
data "aichatbothub_sources" "help" {
  chatbot_id = data.aichatbothub_chatbot.support.id
  type       = "link"
  name_regex = "^https://shop\\.example\\.com/help/"
}

# The sources that are not trained, with their status.
output "not_trained" {
  value = {
    for s in data.aichatbothub_sources.all.sources : s.id => "${s.title}: ${s.status}"
    if !s.trained
  }
}

output "help_pages" {
  value = data.aichatbothub_sources.help.sources[*].url
}

output "tokens" {
  value = sum(concat([0], [for s in data.aichatbothub_sources.all.sources : s.tokens if s.tokens != null]))
}
