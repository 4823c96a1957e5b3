# `terraform test` with it needs no account and sends nothing.
mock_provider "aichatbothub" {}

variables {
  repairs_token = "not-a-real-token"
}

run "one_chatbot" {
  assert {
    condition     = aichatbothub_agent.repairs.chatbot_id == aichatbothub_chatbot.workshop.id
    error_message = "All agents belong to one chatbot."
  }
}
