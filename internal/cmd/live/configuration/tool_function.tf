resource "aichatbothub_tool_function" "live" {
  chatbot_id        = aichatbothub_chatbot.live.id
  agent_id          = aichatbothub_agent.live.id
  name              = "find_order"
  description       = "Finds an order by its number: the ${local.word} description."
  url               = "https://example.com/orders"
  secret_headers_wo = { Authorization = "Bearer not-a-secret-${local.word}" }
}
