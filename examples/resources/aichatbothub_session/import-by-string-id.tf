import {
  to = aichatbothub_session.monitoring
  id = "43474da7ae3b4b7191ee29c2de798257/5e551011aa22bb33cc44dd55ee66ff77"
}

resource "aichatbothub_session" "monitoring" {
  chatbot_id = "43474da7ae3b4b7191ee29c2de798257"
}
