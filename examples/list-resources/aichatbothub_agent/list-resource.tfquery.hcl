# The agents of all chatbots, including the one that the service created with each chatbot. If that one is imported as
# aichatbothub_agent, a destroy deletes it; if it is imported as aichatbothub_default_agent, a destroy does not.
list "aichatbothub_agent" "all" {
  provider = aichatbothub
}

# The agents of one chatbot and type, with all attributes, to generate their configuration.
list "aichatbothub_agent" "labelling" {
  provider         = aichatbothub
  include_resource = true

  config {
    chatbot_id = "43474da7ae3b4b7191ee29c2de798257"
    type       = "background"
  }
}
