# The tool functions of all agents of all chatbots.
list "aichatbothub_tool_function" "all" {
  provider = aichatbothub
}

# The functions of one agent. Results contain no secret headers, and the generated configuration does not change them.
list "aichatbothub_tool_function" "orders" {
  provider         = aichatbothub
  include_resource = true

  config {
    chatbot_id = "43474da7ae3b4b7191ee29c2de798257"
    agent_id   = "9f1c2b3a4d5e6f708192a3b4c5d6e7f8"
    name_regex = "order"
  }
}
