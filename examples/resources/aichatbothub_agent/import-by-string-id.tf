import {
  to = aichatbothub_agent.support
  id = "43474da7ae3b4b7191ee29c2de798257/9f1c2b3a4d5e6f708192a3b4c5d6e7f8"
}

# The default of enabled is true. Write false to keep the agent disabled.
resource "aichatbothub_agent" "support" {
  chatbot_id = "43474da7ae3b4b7191ee29c2de798257"
  type       = "user-facing"
  name       = "Support"
}
