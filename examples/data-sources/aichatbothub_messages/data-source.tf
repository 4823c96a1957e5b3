data "aichatbothub_chatbot" "support" {
  name = "Support"
}

data "aichatbothub_sessions" "march" {
  chatbot_id     = data.aichatbothub_chatbot.support.id
  created_after  = "2026-03-01T00:00:00Z"
  created_before = "2026-03-01T23:59:59Z"
}

# The conversation of each of these sessions. Reading costs no credits.
data "aichatbothub_messages" "march" {
  for_each   = toset(data.aichatbothub_sessions.march.sessions[*].id)
  session_id = each.value
}

# Questions that the chatbot answered without citing a source.
output "questions_without_a_source" {
  value = flatten([
    for conversation in data.aichatbothub_messages.march : [
      for message in conversation.messages : message.query if length(message.citations) == 0
    ]
  ])
}

# The ids of answers that took more than 4,000 tokens. The service does not return the number everywhere.
output "long_answers" {
  value = flatten([
    for conversation in data.aichatbothub_messages.march : [
      for message in conversation.messages : message.id if coalesce(message.total_tokens, 0) > 4000
    ]
  ])
}
