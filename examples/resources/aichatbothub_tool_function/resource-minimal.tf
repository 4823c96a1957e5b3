resource "aichatbothub_chatbot" "support" {
  name = "Support"
}

resource "aichatbothub_default_agent" "support" {
  chatbot_id = aichatbothub_chatbot.support.id
}

resource "aichatbothub_tool_function" "opening_hours" {
  chatbot_id  = aichatbothub_chatbot.support.id
  agent_id    = aichatbothub_default_agent.support.id
  name        = "opening_hours"
  description = "Returns the opening hours of today."
  url         = "https://api.example.com/hours"
}
