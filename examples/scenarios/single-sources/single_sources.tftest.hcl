# `terraform test` creates a real chatbot in the account of AICHATBOTHUB_API_KEY, trains the sources, and destroys it.

run "makes_a_source_of_each_object" {
  assert {
    condition     = keys(output.titles) == ["delivery.txt", "prices/wholesale.md"]
    error_message = "Every file must be a source."
  }

  assert {
    condition     = keys(output.question_ids) == ["order", "season"]
    error_message = "Every question must be a source."
  }

  assert {
    condition     = alltrue([for page in aichatbothub_source.page : page.trained])
    error_message = "The apply must wait until the chatbot can answer from every page."
  }

  assert {
    condition     = aichatbothub_source.document["prices/wholesale.md"].content_sha256 == filesha256("docs/prices/wholesale.md")
    error_message = "The service must have the content of the file."
  }

  assert {
    condition     = length(aichatbothub_agent.wholesale.source_ids) == 3
    error_message = "The agent must answer from the prices and the two pages."
  }
}

# An id that is known in a plan is the id of the existing object. The plan is limited to the pages, because the result of the check is unknown.
run "keeps_other_pages" {
  command = plan

  plan_options {
    target = [aichatbothub_source.page]
  }

  variables {
    pages = {
      "https://shop.example.com/print/terms"   = "https://shop.example.com/legal"
      "https://shop.example.com/print/returns" = "https://shop.example.com/returns"
    }
  }

  assert {
    condition     = length(aichatbothub_source.page["https://shop.example.com/print/returns"].id) == 32
    error_message = "Another link of a page must not replace other pages."
  }
}
