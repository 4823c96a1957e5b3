# `terraform test -filter=faq_mocked.tftest.hcl` needs no account. The provider is a mock: computed values are random texts,
# false, 0 and empty collections.

mock_provider "aichatbothub" {}

run "makes_a_source_of_each_row" {
  assert {
    condition     = keys(output.source_ids) == ["gift", "hours", "returns", "shipping"]
    error_message = "Every row must be a source."
  }

  assert {
    condition     = alltrue([for source in aichatbothub_source.faq : source.chatbot_id == output.chatbot_id])
    error_message = "The sources must be those of the chatbot."
  }
}

run "follows_the_file" {
  variables {
    file = "faq_changed.csv"
  }

  assert {
    condition     = !contains(keys(output.source_ids), "shipping")
    error_message = "The source of a removed row must be destroyed."
  }
}
