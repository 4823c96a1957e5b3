import {
  to = aichatbothub_default_agent.support
  identity = {
    chatbot_id = "43474da7ae3b4b7191ee29c2de798257"
    id         = "9f1c2b3a4d5e6f708192a3b4c5d6e7f8"
  }
}

# What is left out stays what it is. After an import the settings from before are not known, so a destroy leaves the agent alone.
resource "aichatbothub_default_agent" "support" {
  chatbot_id = "43474da7ae3b4b7191ee29c2de798257"
}
