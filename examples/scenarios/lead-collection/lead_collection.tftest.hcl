# `terraform test` creates a real chatbot in the account of AICHATBOTHUB_API_KEY and destroys it. It sends no lead.

variables {
  crm_token = "not-a-real-token"
}

run "asks_for_the_fields_and_sends_them" {
  assert {
    condition     = [for variable in aichatbothub_default_agent.sales.variables : variable.name] == ["copies", "email", "name"]
    error_message = "The agent must ask for every field."
  }

  assert {
    condition     = jsondecode(output.json_schema).required == ["email", "name"]
    error_message = "The function must require what the agent must have."
  }

  assert {
    condition     = aichatbothub_tool_function.send_lead.agent_id == aichatbothub_default_agent.sales.id
    error_message = "The agent that asks must have the function."
  }

  assert {
    condition     = aichatbothub_tool_function.send_lead.secret_headers_wo == null
    error_message = "The state must not have the token."
  }
}

# An id that is known in a plan is the id of the existing object.
run "keeps_the_chatbot_for_a_new_field" {
  command = plan

  variables {
    fields = { phone = { description = "The telephone number." } }
  }

  assert {
    condition     = length(output.chatbot_id) == 32
    error_message = "Another field must not replace the chatbot."
  }
}

run "follows_the_fields" {
  variables {
    fields    = { phone = { description = "The telephone number." } }
    crm_token = "another-token"
  }

  assert {
    condition     = keys(jsondecode(output.json_schema).properties) == ["phone"] && strcontains(aichatbothub_default_agent.sales.prompt, "phone: The telephone number.")
    error_message = "The function and the prompt must have the new fields."
  }
}
