import {
  to = aichatbothub_session.monitoring
  identity = {
    id = "5e551011aa22bb33cc44dd55ee66ff77"
  }
}

# No answer about a session tells which chatbot it belongs to, so the import looks for it in the lists of the chatbots' sessions.
resource "aichatbothub_session" "monitoring" {
  chatbot_id = "43474da7ae3b4b7191ee29c2de798257"
}
