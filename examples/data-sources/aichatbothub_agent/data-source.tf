data "aichatbothub_chatbot" "support" {
  name = "Support"
}

data "aichatbothub_agent" "general" {
  chatbot_id = data.aichatbothub_chatbot.support.id
  name       = "General Q&A"
}

output "prompt" {
  value = data.aichatbothub_agent.general.prompt
}
