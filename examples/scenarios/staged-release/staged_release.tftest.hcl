# `terraform test` creates two real chatbots in the account of AICHATBOTHUB_API_KEY, asks one of them questions, and destroys both. Each answer
# costs message credits.

run "releases_what_answers_right" {
  assert {
    condition     = strcontains(output.answers["returns"], "30 days")
    error_message = "Staging must know how long a book can be sent back; it says: ${output.answers["returns"]}"
  }

  assert {
    condition     = module.production.documents == module.staging.documents && module.production.prompt_sha256 == module.staging.prompt_sha256
    error_message = "Production must have what staging was asked about."
  }

  assert {
    condition     = output.production_id != output.staging_id
    error_message = "Visitors must use another chatbot than the one that is asked."
  }
}

run "reads_production" {
  module {
    source = "./served"
  }

  variables {
    chatbot_id = run.releases_what_answers_right.production_id
  }
}

# A miss is a warning here, and the postcondition fails: `terraform test` cannot expect an error of a provider.
run "holds_a_wrong_answer_back" {
  variables {
    documents = "documents_wrong"
    prompt    = "You answer in one word."
    confirm   = 0
    on_miss   = "warning"
  }

  expect_failures = [aichatbothub_answer_test.release]
}

run "production_is_as_it_was" {
  module {
    source = "./served"
  }

  variables {
    chatbot_id = run.reads_production.chatbot_id # in OpenTofu, the outputs of the first run are gone now
    expected   = run.reads_production.objects
  }

  assert {
    condition     = output.objects == var.expected
    error_message = "Production must have the prompt and the documents that were tested."
  }
}

# The right document again, with the other prompt.
run "follows_the_mend" {
  variables {
    prompt = "You answer in one word."
  }

  assert {
    condition     = module.production.prompt_sha256 == sha256("You answer in one word.")
    error_message = "Production must have the new prompt."
  }
}
