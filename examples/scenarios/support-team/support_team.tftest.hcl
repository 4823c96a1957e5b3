# `terraform test` creates a real chatbot in the account of AICHATBOTHUB_API_KEY and destroys it.

variables {
  orders_token = "not-a-real-token"
}

run "makes_the_team" {
  assert {
    condition     = alltrue([aichatbothub_default_agent.answers.enabled, aichatbothub_agent.human.enabled, aichatbothub_agent.labels.enabled])
    error_message = "Every agent must be enabled."
  }

  assert {
    condition     = aichatbothub_default_agent.answers.use_all_sources
    error_message = "The agent that answers must use all sources."
  }

  assert {
    condition     = length(aichatbothub_agent.human.human_escalation_settings.live_chat_start_announcement) > 0
    error_message = "Omitted attributes must have the values of the service."
  }

  assert {
    condition     = aichatbothub_tool_function.find_order.agent_id == aichatbothub_default_agent.answers.id
    error_message = "The agent that answers must have the function that finds orders."
  }

  assert {
    condition     = aichatbothub_tool_function.find_order.secret_headers_wo == null
    error_message = "The state must not have the token."
  }
}

# An id that is known in a plan is the id of the existing object.
run "keeps_the_chatbot_for_a_new_name" {
  command = plan

  variables {
    shop = "Southwind Books"
  }

  assert {
    condition     = length(output.chatbot_id) == 32
    error_message = "Another name must not replace the chatbot."
  }
}

run "changes_the_prompt" {
  variables {
    shop = "Southwind Books"
  }

  assert {
    condition     = strcontains(aichatbothub_default_agent.answers.prompt, "Southwind Books")
    error_message = "The prompt must name the shop."
  }
}

run "hands_over_on_ten_things_at_most" {
  command = plan

  variables {
    hand_over_on = [for n in range(10) : "person ${n}"]
  }
}
