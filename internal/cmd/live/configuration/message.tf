resource "aichatbothub_message" "live" {
  count      = var.ask ? 1 : 0
  session_id = aichatbothub_session.live.id
  query      = "When do you open?"
  depends_on = [aichatbothub_source.live, aichatbothub_knowledge_base.live]
}
