# `terraform test -filter=pages_mocked.tftest.hcl` needs no account. The provider is a mock: computed values are random texts,
# false, 0 and empty collections, unless the mock has defaults.

mock_provider "aichatbothub" {
  mock_resource "aichatbothub_knowledge_base" {
    defaults = {
      trained = true # what the check reads
    }
  }
}

run "fetches_each_page" {
  assert {
    condition     = length(aichatbothub_knowledge_base.site.pages) == 3
    error_message = "Every page must be in the knowledge base."
  }

  assert {
    condition     = aichatbothub_knowledge_base.site.retrain_triggers.release == "1"
    error_message = "A release must train every page."
  }
}

run "refuses_wrong_values" {
  command = plan

  variables {
    site    = " "
    pages   = ["shop.example.com/delivery"]
    release = ""
    max_age = "7d"
  }

  expect_failures = [var.site, var.pages, var.release, var.max_age]
}

run "refuses_no_pages" {
  command = plan

  variables {
    pages = []
  }

  expect_failures = [var.pages]
}
