data "aichatbothub_chatbot" "staging" {
  name = "Support (staging)"
}

data "aichatbothub_chatbot" "production" {
  name = "Support"
}

data "aichatbothub_chatbot_snapshot" "staging" {
  chatbot_id = data.aichatbothub_chatbot.staging.id
}

data "aichatbothub_chatbot_snapshot" "production" {
  chatbot_id = data.aichatbothub_chatbot.production.id
}

# A warning of every plan and apply in which the two chatbots differ.
check "production_is_what_was_tested" {
  assert {
    condition     = data.aichatbothub_chatbot_snapshot.production.sha256 == data.aichatbothub_chatbot_snapshot.staging.sha256
    error_message = "Production differs from staging. The subcommand diff of the provider shows where."
  }
}
