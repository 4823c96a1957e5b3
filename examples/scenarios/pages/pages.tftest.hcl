# `terraform test` creates a real chatbot in the account of AICHATBOTHUB_API_KEY, trains the pages, and destroys it.

run "trains_every_page" {
  assert {
    condition     = length(output.source_ids) == 3
    error_message = "Every page must be a source."
  }

  assert {
    condition     = aichatbothub_knowledge_base.site.trained
    error_message = "The apply must wait until the chatbot can answer from every page."
  }
}

# An id that is known in a plan is the id of the existing object.
run "keeps_the_pages_for_a_release" {
  command = plan

  variables {
    release = "2"
  }

  assert {
    condition     = alltrue([for id in values(output.source_ids) : length(id) == 32])
    error_message = "A release must not replace the pages."
  }
}

run "fetches_them_again_for_a_release" {
  variables {
    release = "2"
  }

  assert {
    condition     = aichatbothub_knowledge_base.site.trained
    error_message = "The apply must wait until the pages are trained again."
  }
}
