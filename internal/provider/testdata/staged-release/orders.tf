resource "aichatbothub_agent" "orders" {
  chatbot_id      = aichatbothub_chatbot.bot.id
  type            = "user-facing"
  name            = "Orders"
  enabled         = true # false in the release before the removal
  use_all_sources = true
}

output "orders_enabled" {
  description = "Whether the agent takes part in conversations."
  value       = tostring(aichatbothub_agent.orders.enabled)
}
