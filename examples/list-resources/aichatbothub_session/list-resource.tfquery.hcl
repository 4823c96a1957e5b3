# The sessions of a chatbot that were created in March, oldest first. The service has no pagination, so limit the time when there are many
# sessions.
list "aichatbothub_session" "march" {
  provider         = aichatbothub
  include_resource = true

  config {
    chatbot_id     = "43474da7ae3b4b7191ee29c2de798257"
    created_after  = "2026-03-01T00:00:00Z"
    created_before = "2026-03-31T23:59:59Z"
  }
}
