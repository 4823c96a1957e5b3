# `terraform test` creates a real chatbot in the account of AICHATBOTHUB_API_KEY, asks it questions, and destroys it. Each answer costs
# message credits.

run "answers_from_what_it_was_given" {
  assert {
    condition     = strcontains(output.answers["returns"], "30 days")
    error_message = "The chatbot must know how long a book can be sent back; it says: ${output.answers["returns"]}"
  }

  assert {
    condition     = aichatbothub_message.smoke["hours"].finish_reason == "stop"
    error_message = "The answer must be complete."
  }

  assert {
    condition     = aichatbothub_message.smoke["hours"].citations[0].source_id == aichatbothub_source.faq["hours"].id
    error_message = "The answer must come from the source that has it."
  }
}

# The expectation of one answer changes: nothing is asked again, and the plan fails.
run "stops_on_a_wrong_answer" {
  command = plan

  variables {
    smoke_test = {
      returns = { ask = "can I send a book back", expect = "60 days" }
      hours   = { ask = "When are you open?", expect = "Monday (to|-) Saturday" }
    }
  }

  expect_failures = [aichatbothub_message.smoke]
}
