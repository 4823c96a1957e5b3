# The agents of all chatbots. The one that came with a chatbot is among them: a destroy deletes it if it is imported as
# aichatbothub_agent, and leaves it if it is imported as aichatbothub_default_agent.
list "aichatbothub_agent" "all" {
  provider = aichatbothub
}

# Those of one chatbot and type, whole, to generate their configuration from.
list "aichatbothub_agent" "labelling" {
  provider         = aichatbothub
  include_resource = true

  config {
    chatbot_id = "43474da7ae3b4b7191ee29c2de798257"
    type       = "background"
  }
}
