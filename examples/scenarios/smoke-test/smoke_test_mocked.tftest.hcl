# `terraform test -filter=smoke_test_mocked.tftest.hcl` needs no account. The provider is a mock: computed values are random texts,
# false, 0 and empty collections, unless the mock has defaults.

mock_provider "aichatbothub" {
  # What the postcondition and the check read.
  mock_resource "aichatbothub_message" {
    defaults = {
      response = "Within 30 days. We are open from Monday to Saturday."
      citations = [{
        key       = "1"
        source_id = "5e551011aa22bb33cc44dd55ee66ff77"
        title     = "returns"
        text      = "Yes, within 30 days, and we pay for the parcel."
        file_name = null
        type      = "qa"
      }]
    }
  }
}

run "asks_each_question_in_a_session" {
  assert {
    condition     = keys(output.answers) == ["hours", "returns"]
    error_message = "Every question must be asked."
  }

  assert {
    condition     = aichatbothub_message.smoke["hours"].session_id == aichatbothub_session.smoke["hours"].id
    error_message = "Every question must have its own session."
  }
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
