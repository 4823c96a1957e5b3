resource "aichatbothub_chatbot" "support" {
  name = "Support"
}

resource "aichatbothub_default_agent" "support" {
  chatbot_id = aichatbothub_chatbot.support.id
  prompt     = "You answer the customers of a garden shop."
}
