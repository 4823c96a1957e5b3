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

# A tag of exactly these sources. When a source is replaced, the tag is updated.
resource "aichatbothub_source_tag" "policies" {
  chatbot_id = aichatbothub_chatbot.support.id
  name       = "Policies"
  color      = "#0071F9"
  source_ids = [aichatbothub_source.returns.id]
}

# Without source_ids, the sources of the tag are managed in the web app.
resource "aichatbothub_source_tag" "outdated" {
  chatbot_id = aichatbothub_chatbot.support.id
  name       = "Outdated"
  color      = "#D92D20"
}
