# `terraform test -filter=pages_mocked.tftest.hcl` needs no account. The provider is a mock: computed values are random texts,
# false, 0 and empty collections, unless the mock has defaults.

mock_provider "aichatbothub" {
  mock_resource "aichatbothub_source" {
    defaults = {
      trained = true # what the check reads
    }
  }
}

run "makes_a_source_of_each_page" {
  assert {
    condition     = length(output.source_ids) == 3
    error_message = "Every page must be a source."
  }

  assert {
    condition     = alltrue([for page in aichatbothub_source.page : page.retrain_triggers.release == "1"])
    error_message = "A release must train every page."
  }
}
