resource "aichatbothub_chatbot" "support" {
  name = "Support"
}

# The agent "General Q&A" that came with the chatbot, with a prompt of our own. A destroy gives it its old settings back.
resource "aichatbothub_default_agent" "support" {
  chatbot_id = aichatbothub_chatbot.support.id
  name       = "Support"
  prompt     = "You answer the customers of a garden shop. Be brief and friendly."
}
