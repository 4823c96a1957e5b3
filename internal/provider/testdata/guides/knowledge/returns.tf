resource "aichatbothub_agent" "returns" {
  chatbot_id = aichatbothub_chatbot.handbook.id
  type       = "user-facing"
  name       = "Returns"
  source_ids = [for key, id in aichatbothub_knowledge_base.handbook.source_ids : id if startswith(key, "returns/")]
}
