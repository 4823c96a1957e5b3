resource "aichatbothub_chatbot" "support" {
  name = "Support"
}

resource "aichatbothub_agent" "orders" {
  chatbot_id      = aichatbothub_chatbot.support.id
  type            = "user-facing"
  name            = "Orders"
  description     = "Answers questions about orders." # by which the service selects the agent
  use_all_sources = true                              # without it, a new agent has no sources
  prompt          = "You help the customers of a garden shop with their orders."
}
