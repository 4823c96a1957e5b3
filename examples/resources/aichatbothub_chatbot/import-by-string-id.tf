import {
  to = aichatbothub_chatbot.support
  id = "43474da7ae3b4b7191ee29c2de798257"
}

# The first apply sets omitted arguments to their defaults. Write the values that should not change.
resource "aichatbothub_chatbot" "support" {
  name       = "Support"
  visibility = "public"
}
