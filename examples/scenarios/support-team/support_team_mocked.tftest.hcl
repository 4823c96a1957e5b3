# `terraform test -filter=support_team_mocked.tftest.hcl` needs no account. The provider is a mock: computed values are random texts,
# false, 0 and empty collections.

mock_provider "aichatbothub" {}

variables {
  orders_token = "not-a-real-token"
}

run "makes_the_team" {
  assert {
    condition     = length({ for tag in aichatbothub_agent.labels.tags : tag.name => tag.color }) == 3
    error_message = "Every label must have a name of its own."
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

run "changes_the_prompt" {
  variables {
    shop = "Southwind Books"
  }

  assert {
    condition     = strcontains(aichatbothub_default_agent.answers.prompt, "Southwind Books")
    error_message = "The prompt must name the shop."
  }
}

run "refuses_wrong_values" {
  command = plan

  variables {
    shop         = " "
    hand_over_on = [for n in range(11) : "person ${n}"]
    orders_url   = "http://shop.example.com/api/orders"
    orders_token = ""
  }

  expect_failures = [var.shop, var.hand_over_on, var.orders_url, var.orders_token]
}
