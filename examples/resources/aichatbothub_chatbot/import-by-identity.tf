import {
  to = aichatbothub_chatbot.support
  identity = {
    id = "43474da7ae3b4b7191ee29c2de798257"
  }
}

resource "aichatbothub_chatbot" "support" {
  name       = "Support"
  visibility = "public"
}
