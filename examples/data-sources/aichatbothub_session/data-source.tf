# For example the session of a visitor's complaint.
data "aichatbothub_session" "complaint" {
  id = "5e551011aa22bb33cc44dd55ee66ff77"
}

output "last_message_at" {
  value = data.aichatbothub_session.complaint.modified_at
}
