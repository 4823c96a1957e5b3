import {
  to = aichatbothub_source.delivery
  identity = {
    chatbot_id = "43474da7ae3b4b7191ee29c2de798257"
    id         = "8e5d9a7c1b2f4063a4e8d7c6b5a49382"
  }
}

# Another address replaces the source. One that is only written in another form, such as without a slash at the end, does not.
resource "aichatbothub_source" "delivery" {
  chatbot_id = "43474da7ae3b4b7191ee29c2de798257"
  url        = "https://shop.example.com/delivery"
}
