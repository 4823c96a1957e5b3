# The web pages of a chatbot below /help, with all attributes. Remove the titles from the generated configuration: the service changes them.
list "aichatbothub_source" "help" {
  provider         = aichatbothub
  include_resource = true
  limit            = 1000

  config {
    chatbot_id = "43474da7ae3b4b7191ee29c2de798257"
    type       = "link"
    name_regex = "^https://shop\\.example\\.com/help/"
  }
}

# The sources that could not be trained, in all chatbots.
list "aichatbothub_source" "failed" {
  provider = aichatbothub

  config {
    status = "error:no text"
  }
}
