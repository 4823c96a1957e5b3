# `terraform test` creates a real chatbot in the account of AICHATBOTHUB_API_KEY, trains the documents, and destroys it.

run "uploads_every_document" {
  assert {
    condition     = toset(keys(output.documents)) == toset(["opening-hours.txt", "returns/exceptions.md", "returns/how-to-return.md"])
    error_message = "There must be one source for each file."
  }

  assert {
    condition     = aichatbothub_knowledge_base.handbook.trained
    error_message = "The apply must wait until the chatbot can answer from every document."
  }

  assert {
    condition     = aichatbothub_knowledge_base.handbook.content["returns/exceptions.md"] == filesha256("docs/returns/exceptions.md")
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
    condition     = toset(keys(output.documents)) == toset(["exceptions.md", "how-to-return.md"])
    error_message = "Only the documents of the folder must remain."
  }
}
