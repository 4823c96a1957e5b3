resource "aichatbothub_chatbot" "support" {
  name = "Support"
}

resource "aichatbothub_source" "returns" {
  chatbot_id = aichatbothub_chatbot.support.id
  qa = {
    question = "How long can I return a plant?"
    answer   = "For 30 days, with the receipt."
  }
}

# On exactly these sources. A source that is replaced keeps the tag, because the tag refers to it.
resource "aichatbothub_source_tag" "policies" {
  chatbot_id = aichatbothub_chatbot.support.id
  name       = "Policies"
  color      = "#0071F9"
  source_ids = [aichatbothub_source.returns.id]
}

# Without source_ids, people put the tag on sources in the web app, and Terraform leaves that alone.
resource "aichatbothub_source_tag" "outdated" {
  chatbot_id = aichatbothub_chatbot.support.id
  name       = "Outdated"
  color      = "#D92D20"
}
