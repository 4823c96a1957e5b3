import {
  to = aichatbothub_tool_function.find_order
  identity = {
    chatbot_id = "43474da7ae3b4b7191ee29c2de798257"
    agent_id   = "9f1c2b3a4d5e6f708192a3b4c5d6e7f8"
    id         = "5d2a6c91e07f48b3a64c1f0e9b7d3852"
  }
}

# Existing secret headers are kept by the service and not read into the state. Omit secret_headers_wo, or write the same headers.
# Other arguments that are omitted get their defaults: the function is enabled, and has no parameters.
resource "aichatbothub_tool_function" "find_order" {
  chatbot_id  = "43474da7ae3b4b7191ee29c2de798257"
  agent_id    = "9f1c2b3a4d5e6f708192a3b4c5d6e7f8"
  name        = "find_order"
  description = "Finds an order by its number and tells where it is."
  url         = "https://api.example.com/orders/search"
  method      = "POST"
}
