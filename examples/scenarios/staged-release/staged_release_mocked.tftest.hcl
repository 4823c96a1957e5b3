# `terraform test -filter=staged_release_mocked.tftest.hcl` needs no account. The provider is a mock: computed values are random texts,
# false, 0 and empty collections.

mock_provider "aichatbothub" {}

run "asks_staging" {
  assert {
    condition     = aichatbothub_answer_test.release.chatbot_id == module.staging.chatbot_id
    error_message = "Staging must be asked, and not production."
  }

  assert {
    condition     = aichatbothub_answer_test.release.triggers["prompt"] == module.staging.prompt_sha256 && aichatbothub_answer_test.release.triggers["knowledge"] == module.staging.revision
    error_message = "Another prompt or other documents of staging must ask all cases again."
  }
}

run "refuses_wrong_values" {
  command = plan

  variables {
    shop        = " "
    prompt      = " "
    documents   = "/etc"
    cases       = {}
    confirm     = 1
    max_credits = 0
    on_miss     = "ignore"
  }

  expect_failures = [var.shop, var.prompt, var.documents, var.cases, var.confirm, var.max_credits, var.on_miss]
}
