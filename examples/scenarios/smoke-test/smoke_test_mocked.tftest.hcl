# `terraform test -filter=smoke_test_mocked.tftest.hcl` needs no account. The provider is a mock: computed values are random texts,
# false, 0 and empty collections, unless the mock has defaults.

mock_provider "aichatbothub" {
  mock_resource "aichatbothub_message" {
    defaults = {
      response = "Within 30 days. We are open from Monday to Saturday." # what the postcondition reads
    }
  }
}

# The list of citations is empty, so that the check warns.
run "asks_each_question_in_a_session" {
  assert {
    condition     = keys(output.answers) == ["hours", "returns"]
    error_message = "Every question must be asked."
  }

  assert {
    condition     = aichatbothub_message.smoke["hours"].session_id == aichatbothub_session.smoke["hours"].id
    error_message = "Every question must have its own session."
  }

  expect_failures = [check.answers_name_their_source]
}

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

run "refuses_wrong_values" {
  command = plan

  variables {
    shop       = " "
    faq        = {}
    smoke_test = { hours = { ask = "When are you open?", expect = "Monday (to" } }
  }

  expect_failures = [var.shop, var.faq, var.smoke_test]
}
