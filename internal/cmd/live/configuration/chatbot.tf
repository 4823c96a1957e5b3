resource "aichatbothub_chatbot" "live" {
  name               = var.name
  rate_limit_message = "Too many messages in the ${local.word} configuration"
}
