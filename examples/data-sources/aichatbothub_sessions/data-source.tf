data "aichatbothub_chatbot" "support" {
  name = "Support"
}

# The sessions of one day. Both times are inclusive. Omit both for all sessions of the chatbot.
data "aichatbothub_sessions" "opening_day" {
  chatbot_id     = data.aichatbothub_chatbot.support.id
  created_after  = "2026-03-01T00:00:00+01:00"
  created_before = "2026-03-01T23:59:59+01:00"
}

output "sessions_on_the_opening_day" {
  value = length(data.aichatbothub_sessions.opening_day.sessions)
}
