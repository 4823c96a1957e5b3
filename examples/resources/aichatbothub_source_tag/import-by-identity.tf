import {
  to = aichatbothub_source_tag.policies
  identity = {
    chatbot_id = "43474da7ae3b4b7191ee29c2de798257"
    id         = "c0ffee1a2b3c4d5e8f90a1b2c3d4e5f6"
  }
}

# Without source_ids, the sources of the tag do not change.
resource "aichatbothub_source_tag" "policies" {
  chatbot_id = "43474da7ae3b4b7191ee29c2de798257"
  name       = "Policies"
  color      = "#0071F9"
}
