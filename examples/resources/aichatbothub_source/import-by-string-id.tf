import {
  to = aichatbothub_source.returns
  id = "43474da7ae3b4b7191ee29c2de798257/8e5d9a7c1b2f4063a4e8d7c6b5a49382"
}

# With name alone, the content of the file is not managed. Add path to manage it. If name and size match, nothing is uploaded.
resource "aichatbothub_source" "returns" {
  chatbot_id = "43474da7ae3b4b7191ee29c2de798257"

  file = {
    name = "returns.pdf"
  }
}
