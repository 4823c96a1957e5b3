# Answers the visitors. The service creates this agent with the chatbot; a destroy restores its previous settings.
resource "aichatbothub_default_agent" "answers" {
  chatbot_id  = aichatbothub_chatbot.shop.id
  name        = "Answers"
  description = "Questions about books, orders and returns."

  prompt = <<-EOT
    You answer the customers of ${var.shop}.
    Be brief and friendly.
    Look an order up before you say anything about it.
    If you do not know something, say so.
  EOT
}

# The agent calls this function to find an order. The token is sent to the service and not stored in the state.
resource "aichatbothub_tool_function" "find_order" {
  chatbot_id  = aichatbothub_chatbot.shop.id
  agent_id    = aichatbothub_default_agent.answers.id
  name        = "find_order"
  description = "Finds an order by its number, and tells where it is and when it will arrive."
  url         = var.orders_url

  parameters = jsonencode({
    type       = "object"
    properties = { number = { type = "string", description = "The number of the order, such as NB-10293." } }
    required   = ["number"]
  })

  headers           = { Accept = "application/json" }
  secret_headers_wo = { Authorization = "Bearer ${var.orders_token}" }
}
