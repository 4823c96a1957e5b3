# `terraform test` creates a real chatbot in the account of AICHATBOTHUB_API_KEY, trains its questions, and destroys it.

run "makes_the_chatbot" {
  assert {
    condition     = strcontains(output.embed_html, output.chatbot_id)
    error_message = "The HTML must name the chatbot."
  }

  assert {
    condition     = aichatbothub_knowledge_base.support.trained
    error_message = "The apply must wait until the chatbot can answer."
  }

  assert {
    condition     = aichatbothub_default_agent.support.use_all_sources
    error_message = "The agent must answer from the questions."
  }
}

# An id that is known in a plan is the id of the existing object.
run "keeps_the_chatbot" {
  command = plan

  variables {
    company    = "Southwind Books"
    rate_limit = { messages = 5, seconds = 30 }
  }

  assert {
    condition     = length(output.chatbot_id) == 32
    error_message = "Another name or limit must not replace the chatbot."
  }
}

run "changes_the_chatbot" {
  variables {
    company    = "Southwind Books"
    rate_limit = { messages = 5, seconds = 30 }
  }

  assert {
    condition     = endswith(aichatbothub_chatbot.support.rate_limit_message, "wait 30 seconds.")
    error_message = "The message must have the new limit."
  }

  assert {
    condition     = strcontains(aichatbothub_default_agent.support.prompt, "Southwind Books")
    error_message = "The prompt must have the new name."
  }
}
