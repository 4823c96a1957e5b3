# `terraform test -filter=single_sources_mocked.tftest.hcl` needs no account. The provider is a mock: computed values are random texts,
# false, 0 and empty collections, unless the mock has defaults.

mock_provider "aichatbothub" {
  mock_resource "aichatbothub_source" {
    defaults = {
      trained = true # what the check reads
    }
  }
}

run "makes_a_source_of_each_object" {
  assert {
    condition     = keys(output.titles) == ["delivery.txt", "prices/wholesale.md"]
    error_message = "Every file must be a source."
  }

  assert {
    condition     = aichatbothub_source.document["prices/wholesale.md"].file.name == "prices-wholesale.md"
    error_message = "The names of the files must be unique in the chatbot."
  }

  assert {
    condition     = aichatbothub_source.page["https://shop.example.com/print/terms"].reference_source_link == "https://shop.example.com/terms"
    error_message = "A citation must link to the page for readers."
  }
}

run "refuses_wrong_values" {
  command = plan

  variables {
    shop      = " "
    questions = { order = { question = "How do I order?", answer = "By e-mail." } }
    pages     = { "shop.example.com/print/terms" = "https://shop.example.com/terms" }
  }

  expect_failures = [var.shop, var.questions, var.pages]
}
