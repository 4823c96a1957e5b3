import {
  to = aichatbothub_default_agent.support
  identity = {
    chatbot_id = "43474da7ae3b4b7191ee29c2de798257"
    id         = "9f1c2b3a4d5e6f708192a3b4c5d6e7f8"
  }
}

# Omitted arguments keep their values. After an import the previous settings are not known, so a destroy does not change the agent.
resource "aichatbothub_default_agent" "support" {
  chatbot_id = "43474da7ae3b4b7191ee29c2de798257"
}
