import {
  to = aichatbothub_session.monitoring
  identity = {
    id = "5e551011aa22bb33cc44dd55ee66ff77"
  }
}

# The service does not return the chatbot of a session, so the import searches the lists of sessions of all chatbots.
resource "aichatbothub_session" "monitoring" {
  chatbot_id = "43474da7ae3b4b7191ee29c2de798257"
}
