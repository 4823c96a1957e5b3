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
run "follows_the_file" {
  variables {
    file = "faq_changed.csv"
  }

  assert {
    condition     = aichatbothub_source.faq["hours"].qa.answer == "From 9 to 20, Monday to Saturday."
    error_message = "A changed answer must be trained."
  }

  assert {
    condition     = !contains(keys(output.source_ids), "shipping")
    error_message = "The source of a removed row must be destroyed."
  }
}

# OpenTofu has the results of other runs in `variables`, and not in `assert`.
run "keeps_what_did_not_change" {
  module {
    source = "./compare"
  }

  variables {
    before = run.makes_a_source_of_each_row.source_ids
    after  = run.follows_the_file.source_ids
  }

  assert {
    condition     = var.after["hours"] != var.before["hours"]
    error_message = "A changed answer must replace its source."
  }

  assert {
    condition     = alltrue([for key in ["gift", "returns"] : var.after[key] == var.before[key]])
    error_message = "An unchanged row must keep its source, wherever the row is."
  }
}
