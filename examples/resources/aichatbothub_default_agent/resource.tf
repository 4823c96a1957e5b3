resource "aichatbothub_chatbot" "support" {
  name = "Support"
}

# What is not configured keeps its value. A destroy restores the settings from before.
resource "aichatbothub_default_agent" "support" {
  chatbot_id  = aichatbothub_chatbot.support.id
  name        = "Support"
  description = "Answers everything that no other agent is for."
  temperature = 0.2
  stickiness  = 0.5
  prompt      = <<-EOT
    You answer the customers of a garden shop.
    Be brief and friendly. Say so when you do not know something.
  EOT
}

# In a chatbot that has better agents, the default agent is disabled.
resource "aichatbothub_chatbot" "sales" {
  name = "Sales"
}

resource "aichatbothub_default_agent" "sales" {
  chatbot_id = aichatbothub_chatbot.sales.id
  enabled    = false
}
