# The sessions of a chatbot that were opened in March, oldest first. The service gives the whole list at once, so name a time where there
# are many.
list "aichatbothub_session" "march" {
  provider         = aichatbothub
  include_resource = true

  config {
    chatbot_id     = "43474da7ae3b4b7191ee29c2de798257"
    created_after  = "2026-03-01T00:00:00Z"
    created_before = "2026-03-31T23:59:59Z"
  }
}
