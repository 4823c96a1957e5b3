# `terraform test` creates a real chatbot in the account of AICHATBOTHUB_API_KEY, trains the documents, and destroys it.

run "uploads_every_document" {
  assert {
    condition     = toset(keys(output.documents)) == toset(["delivery/README.md", "opening-hours.txt", "returns/README.md"])
    error_message = "There must be one source for each file."
  }

  assert {
    condition     = output.documents["delivery/README.md"] != output.documents["returns/README.md"]
    error_message = "Two files of one name must be two sources."
  }

  assert {
    condition     = aichatbothub_knowledge_base.handbook.trained
    error_message = "The apply must wait until the chatbot can answer from every document."
  }

  assert {
    condition     = aichatbothub_knowledge_base.handbook.content["returns/README.md"] == filesha256("docs/returns/README.md")
    error_message = "The source must have the content of the file."
  }
}

# An id that is known in a plan is the id of the existing object.
run "keeps_the_chatbot" {
  command = plan

  variables {
    folder = "docs/returns"
  }

  assert {
    condition     = length(output.chatbot_id) == 32
    error_message = "Other documents must not replace the chatbot."
  }
}

run "follows_the_folder" {
  variables {
    folder = "docs/returns"
  }

  assert {
    condition     = toset(keys(output.documents)) == toset(["README.md"])
    error_message = "Only the documents of the folder must remain."
  }
}
