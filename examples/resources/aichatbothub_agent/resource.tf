resource "aichatbothub_chatbot" "support" {
  name       = "Support"
  visibility = "public"
}

# Answers visitors from all sources of the chatbot.
resource "aichatbothub_agent" "support" {
  chatbot_id      = aichatbothub_chatbot.support.id
  type            = "user-facing"
  name            = "Support"
  description     = "Answers questions about orders, deliveries and returns."
  use_all_sources = true
  temperature     = 0.2

  prompt = <<-EOT
    You answer the customers of a garden shop.
    Be brief and friendly. Say so when you do not know something.
  EOT

  variables = [
    {
      name        = "order_number"
      description = "The number of the order that the visitor asks about."
      type        = "string"
      example     = "GS-10293"
    },
  ]
}

# Labels conversations without taking part in them.
resource "aichatbothub_agent" "labels" {
  chatbot_id = aichatbothub_chatbot.support.id
  type       = "background"
  name       = "Labels"
  prompt     = "Label each conversation."

  tags = [
    { name = "complaint", criteria = "The visitor complains.", color = "#D92D20" },
    { name = "praise", criteria = "The visitor is happy.", color = "#12B76A" },
  ]
}

# Hands over to a person. A chatbot has at most one such agent.
resource "aichatbothub_agent" "human" {
  chatbot_id  = aichatbothub_chatbot.support.id
  type        = "human-escalation"
  name        = "Human"
  description = "Hands over when the visitor asks for a person."

  human_escalation_settings = {
    human_requested_message = "One moment, a colleague will be with you."
    monitored_messages      = ["talk to a human", "real person"]
  }
}

# Gives one fixed answer.
resource "aichatbothub_agent" "hours" {
  chatbot_id      = aichatbothub_chatbot.support.id
  type            = "pre-canned"
  name            = "Opening hours"
  description     = "The visitor asks when the shop is open."
  default_message = "We are open from 9 to 18, Monday to Saturday."
}

# Refuses spam. A chatbot has at most one such agent.
resource "aichatbothub_agent" "spam" {
  chatbot_id      = aichatbothub_chatbot.support.id
  type            = "spam-defense"
  name            = "Spam"
  description     = "Advertising and nonsense."
  default_message = "I can help with questions about our garden shop only."
}
