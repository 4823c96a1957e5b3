resource "aichatbothub_chatbot" "support" {
  name = "Support"
}

resource "aichatbothub_source_tag" "policies" {
  chatbot_id = aichatbothub_chatbot.support.id
  name       = "Policies"
  color      = "#0071F9"
}
