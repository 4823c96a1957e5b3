# `terraform test` creates a real chatbot in the account of AICHATBOTHUB_API_KEY and destroys it.

run "makes_a_source_of_each_row" {
  assert {
    condition     = keys(output.source_ids) == ["gift", "hours", "returns", "shipping"]
    error_message = "Every row must be a source."
  }

  assert {
    condition     = aichatbothub_source.faq["gift"].qa.answer == "Yes. Tick \"gift\" in the basket."
    error_message = "Commas and quotes must be kept."
  }
}

# In this file the order has changed, one answer has changed, and one row was removed.
run "replaces_what_changed" {
  variables {
    file = "faq_changed.csv"
  }

  assert {
    condition     = output.source_ids["hours"] != run.makes_a_source_of_each_row.source_ids["hours"]
    error_message = "A changed answer must replace its source."
  }

  assert {
    condition = alltrue([
      for key in ["gift", "returns"] : output.source_ids[key] == run.makes_a_source_of_each_row.source_ids[key]
    ])
    error_message = "An unchanged row must keep its source, wherever the row is."
  }

  assert {
    condition     = !contains(keys(output.source_ids), "shipping")
    error_message = "The source of a removed row must be destroyed."
  }
}
