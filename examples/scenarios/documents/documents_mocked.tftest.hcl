# `terraform test -filter=documents_mocked.tftest.hcl` needs no account. The provider is a mock: computed values are random texts,
# false, 0 and empty collections.

mock_provider "aichatbothub" {}

run "makes_a_source_of_each_document" {
  assert {
    condition     = keys(output.documents) == ["opening-hours.txt", "returns/exceptions.md", "returns/how-to-return.md"]
    error_message = "There must be one source for each file."
  }

  assert {
    condition     = aichatbothub_source.document["returns/exceptions.md"].file.name == "returns-exceptions.md"
    error_message = "The names of the files must be unique in the chatbot."
  }
}

run "links_to_what_is_published" {
  variables {
    link = "https://www.example.com/handbook"
  }

  assert {
    condition     = aichatbothub_source.document["returns/exceptions.md"].reference_source_link == "https://www.example.com/handbook/returns/exceptions.md"
    error_message = "A citation must link to the document."
  }
}
