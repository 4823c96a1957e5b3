# `terraform test` creates real chatbots in the account of AICHATBOTHUB_API_KEY and destroys them.

run "creates_both_chatbots" {
  assert {
    condition     = aichatbothub_chatbot.live.visibility == "hybrid"
    error_message = "The live chatbot must open on the pages that embed it."
  }

  assert {
    condition     = aichatbothub_chatbot.rehearsal.visibility == "private"
    error_message = "Nobody but the owner may open the rehearsal chatbot."
  }

  assert {
    condition     = strcontains(output.embed_html, output.live_id)
    error_message = "The snippet must name the live chatbot."
  }
}

# An id that is known in a plan is the id of the existing object.
run "keeps_the_chatbot_for_a_new_limit" {
  command = plan

  variables {
    rate_limit = { messages = 5, seconds = 30 }
  }

  assert {
    condition     = length(output.live_id) == 32
    error_message = "A new limit must not replace the chatbot."
  }
}

run "changes_the_limit" {
  variables {
    rate_limit = { messages = 5, seconds = 30 }
  }

  assert {
    condition     = endswith(aichatbothub_chatbot.live.rate_limit_message, "wait 30 seconds.")
    error_message = "The message must name the new limit."
  }
}

run "refuses_a_company_without_a_name" {
  command = plan

  variables {
    company = " "
  }

  expect_failures = [var.company]
}
