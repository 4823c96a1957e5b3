# `terraform test` creates a real chatbot in the account of AICHATBOTHUB_API_KEY and destroys it.

run "makes_a_source_of_each_row" {
  assert {
    condition = toset(keys(output.source_ids)) == toset([
      "Can you wrap a book as a gift?", "How long can I return a book?", "What does shipping cost?", "When is the shop open?",
    ])
    error_message = "Every row must be a source."
  }

  assert {
    condition     = aichatbothub_knowledge_base.faq.content["Can you wrap a book as a gift?"] == sha256("Yes. Tick \"gift\" in the basket.")
    error_message = "Commas and quotes must be kept."
  }
}

# In this file the order has changed, one answer has changed, and one row was removed. An id that is known in a plan is the id of the existing
# object.
run "keeps_what_did_not_change" {
  command = plan

  variables {
    file = "faq_changed.csv"
  }

  assert {
    condition     = alltrue([for question in ["Can you wrap a book as a gift?", "How long can I return a book?"] : length(output.source_ids[question]) == 32])
    error_message = "An unchanged row must keep its source, wherever the row is."
  }
}

run "follows_the_file" {
  variables {
    file = "faq_changed.csv"
  }

  assert {
    condition     = aichatbothub_knowledge_base.faq.content["When is the shop open?"] == sha256("From 9 to 20, Monday to Saturday.")
    error_message = "A changed answer must be trained."
  }

  assert {
    condition     = !contains(keys(output.source_ids), "What does shipping cost?")
    error_message = "The source of a removed row must be deleted."
  }
}
