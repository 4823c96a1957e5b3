resource "aichatbothub_source_tag" "live" {
  chatbot_id = aichatbothub_chatbot.live.id
  name       = "The ${local.word} tag"
  color      = "#2E90FA"
  source_ids = [aichatbothub_source.live.id]
}
