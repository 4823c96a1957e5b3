resource "aichatbothub_chatbot" "support" {
  name = "Support"
}

# The agent "General Q&A" that the service creates with the chatbot. A destroy restores its previous settings.
resource "aichatbothub_default_agent" "support" {
  chatbot_id = aichatbothub_chatbot.support.id
  name       = "Support"
  prompt     = "You answer the customers of a garden shop. Be brief and friendly."
}
