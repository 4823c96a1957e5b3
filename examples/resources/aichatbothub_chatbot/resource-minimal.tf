resource "aichatbothub_chatbot" "support" {
  name = "Support"
}
