# Ephemeral variables are neither in the plan nor in the state. Set the value with TF_VAR_shop_api_key.
variable "shop_api_key" {
  type      = string
  sensitive = true
  ephemeral = true
}

resource "aichatbothub_chatbot" "support" {
  name = "Support"
}

resource "aichatbothub_agent" "orders" {
  chatbot_id      = aichatbothub_chatbot.support.id
  type            = "user-facing"
  name            = "Orders"
  description     = "Answers questions about orders and deliveries."
  use_all_sources = true
}

# The agent calls this function to find an order.
resource "aichatbothub_tool_function" "find_order" {
  chatbot_id  = aichatbothub_chatbot.support.id
  agent_id    = aichatbothub_agent.orders.id
  name        = "find_order"
  description = "Finds an order by its number and tells where it is. Ask for the number first."
  url         = "https://api.example.com/orders/search"
  method      = "POST"

  parameters = jsonencode({
    type = "object"
    properties = {
      number = {
        type        = "string"
        description = "The number of the order, such as GS-10293."
      }
    }
    required = ["number"]
  })

  headers = {
    "X-Shop" = "north"
  }

  # Sent to the service and not stored in the state. A new value is detected: apply again after a rotation.
  secret_headers_wo = {
    "Authorization" = "Bearer ${var.shop_api_key}"
  }
}

# Parameters, headers and method are optional. This function is disabled.
resource "aichatbothub_tool_function" "opening_hours" {
  chatbot_id  = aichatbothub_chatbot.support.id
  agent_id    = aichatbothub_agent.orders.id
  name        = "opening_hours"
  description = "Tells today's opening hours."
  url         = "https://api.example.com/hours"
  enabled     = false
}
