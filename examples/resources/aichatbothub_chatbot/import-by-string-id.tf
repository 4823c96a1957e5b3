import {
  to = aichatbothub_chatbot.support
  id = "43474da7ae3b4b7191ee29c2de798257"
}

# What the block does not say gets its default at the first apply, so say what is to stay as it is.
resource "aichatbothub_chatbot" "support" {
  name       = "Support"
  visibility = "public"
}
