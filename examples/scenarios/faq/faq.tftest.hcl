# `terraform test` makes a real chatbot in the account of AICHATBOTHUB_API_KEY and destroys it again.

run "makes_a_source_of_each_row" {
  assert {
    condition     = keys(output.source_ids) == ["gift", "hours", "returns", "shipping"]
    error_message = "Every row must be a source."
  }

  assert {
    condition     = aichatbothub_source.faq["gift"].qa.answer == "Yes. Tick \"gift\" in the basket."
    error_message = "Commas and quotes must survive."
  }
}

# In this file the order is another one, one answer has changed, and one row is gone.
run "replaces_what_changed" {
  variables {
    file = "faq_changed.csv"
  }

  assert {
    condition     = output.source_ids["hours"] != run.makes_a_source_of_each_row.source_ids["hours"]
    error_message = "A changed answer must be a new source."
  }

  assert {
    condition = alltrue([
      for key in ["gift", "returns"] : output.source_ids[key] == run.makes_a_source_of_each_row.source_ids[key]
    ])
    error_message = "What did not change must stay, wherever its row is."
  }

  assert {
    condition     = !contains(keys(output.source_ids), "shipping")
    error_message = "A row that is gone must take its source with it."
  }
}
