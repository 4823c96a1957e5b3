resource "aichatbothub_answer_test" "live" {
  count      = var.ask ? 1 : 0
  chatbot_id = aichatbothub_chatbot.live.id
  on_miss    = "warning" # the wording is the model's
  cases      = { hours = { ask = ["When do you open?"], max_chars = 2000 } }
  depends_on = [aichatbothub_source.live, aichatbothub_knowledge_base.live]
}
