# The web pages below /help that a chatbot knows, whole. In what is generated, take out the titles: the service changes them by itself.
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

# What could not be trained, in all chatbots.
list "aichatbothub_source" "failed" {
  provider = aichatbothub

  config {
    status = "error:no text"
  }
}
