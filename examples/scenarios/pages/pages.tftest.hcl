# `terraform test` creates a real chatbot in the account of AICHATBOTHUB_API_KEY, trains the pages, and destroys it.

run "trains_every_page" {
  assert {
    condition     = length(output.source_ids) == 3
    error_message = "Every page must be a source."
  }

  assert {
    condition     = alltrue([for page in aichatbothub_source.page : page.trained])
    error_message = "The apply must wait until the chatbot can answer from every page."
  }
}

run "fetches_them_again_for_a_release" {
  variables {
    release = "2"
  }

  assert {
    condition     = alltrue([for page in aichatbothub_source.page : page.trained])
    error_message = "The apply must wait until the pages are trained again."
  }
}

# OpenTofu has the results of other runs in `variables`, and not in `assert`.
run "keeps_the_pages" {
  module {
    source = "./compare"
  }

  variables {
    before = run.trains_every_page.source_ids
    after  = run.fetches_them_again_for_a_release.source_ids
  }

  assert {
    condition     = var.after == var.before
    error_message = "A release must not replace the pages."
  }
}

run "refuses_no_pages" {
  command = plan

  variables {
    pages = []
  }

  expect_failures = [var.pages]
}
