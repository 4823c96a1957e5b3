# `terraform test -filter=support_bot_mocked.tftest.hcl` needs no account. The provider is a mock: computed values are random texts,
# false, 0 and empty collections.

mock_provider "aichatbothub" {}

run "makes_the_chatbot" {
  assert {
    condition     = aichatbothub_chatbot.support.visibility == "hybrid"
    error_message = "The chatbot must open on the pages that embed it, and nowhere else."
  }

  assert {
    condition     = strcontains(aichatbothub_default_agent.support.prompt, "Northwind Books")
    error_message = "The prompt must have the name of the company."
  }

  assert {
    condition     = aichatbothub_knowledge_base.support.chatbot_id == output.chatbot_id
    error_message = "The questions must be those of the chatbot."
  }
}

run "refuses_wrong_values" {
  command = plan

  variables {
    company    = " "
    visibility = "everybody"
    questions  = { "When is the shop open?" = "" }
    rate_limit = { messages = 101, seconds = 30 }
  }

  expect_failures = [var.company, var.visibility, var.questions, var.rate_limit]
}
