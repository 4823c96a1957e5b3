# `terraform test -filter=support_bot_mocked.tftest.hcl` needs no account. The provider is a mock: computed values are random texts,
# false, 0 and empty collections.

mock_provider "aichatbothub" {}

run "creates_both_chatbots" {
  assert {
    condition     = aichatbothub_chatbot.live.visibility == "hybrid"
    error_message = "The live chatbot must open on the pages that embed it."
  }

  assert {
    condition     = output.rehearsal_page == aichatbothub_chatbot.rehearsal.widget_url
    error_message = "The page must be that of the rehearsal chatbot."
  }
}

run "names_the_limit" {
  variables {
    rate_limit = { messages = 5, seconds = 30 }
  }

  assert {
    condition     = endswith(aichatbothub_chatbot.live.rate_limit_message, "wait 30 seconds.")
    error_message = "The message must name the limit."
  }
}
