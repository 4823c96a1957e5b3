import {
  to = aichatbothub_message.hours
  id = "5e551011aa22bb33cc44dd55ee66ff77/fade1a2b3c4d5e6f708192a3b4c5d6e7"
}

# Write the question of the message. Another question would replace it and be asked.
resource "aichatbothub_message" "hours" {
  session_id = "5e551011aa22bb33cc44dd55ee66ff77"
  query      = "When is the shop open?"
}
