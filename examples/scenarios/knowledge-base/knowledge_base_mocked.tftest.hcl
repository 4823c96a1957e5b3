# `terraform test -filter=knowledge_base_mocked.tftest.hcl` needs no account. The provider is a mock: computed values are random texts,
# false, 0 and empty collections, unless the mock has defaults.

mock_provider "aichatbothub" {
  mock_resource "aichatbothub_knowledge_base" {
    defaults = {
      source_ids = { "opening-hours.txt" = "0123456789abcdef0123456789abcdef" }
    }
  }
}

run "uses_the_folder_of_documents" {
  assert {
    condition     = endswith(aichatbothub_knowledge_base.handbook.folder.path, "/docs")
    error_message = "The documents must be those of the folder."
  }

  assert {
    condition     = aichatbothub_knowledge_base.handbook.folder.link_prefix == null
    error_message = "Documents that are not published must have no link."
  }

  assert {
    condition     = contains(keys(output.documents), "opening-hours.txt")
    error_message = "The output must have the source of each document."
  }
}

run "links_to_what_is_published" {
  variables {
    link = "https://www.example.com/handbook"
  }

  assert {
    condition     = aichatbothub_knowledge_base.handbook.folder.link_prefix == "https://www.example.com/handbook/"
    error_message = "A citation must link to the document."
  }
}

run "refuses_wrong_values" {
  command = plan

  variables {
    company = " "
    folder  = "/etc"
    link    = "www.example.com"
  }

  expect_failures = [var.company, var.folder, var.link]
}
