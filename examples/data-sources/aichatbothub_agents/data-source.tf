data "aichatbothub_chatbot" "support" {
  name = "Support"
}

data "aichatbothub_agents" "answering" {
  chatbot_id = data.aichatbothub_chatbot.support.id
  type       = "user-facing"
}

output "models_in_use" {
  value = toset(data.aichatbothub_agents.answering.agents[*].model)
}
