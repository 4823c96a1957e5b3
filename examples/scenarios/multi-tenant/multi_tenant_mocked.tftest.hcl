# `terraform test -filter=multi_tenant_mocked.tftest.hcl` needs no account. The provider is a mock: computed values are random texts,
# false, 0 and empty collections.

mock_provider "aichatbothub" {}

variables {
  customers = {
    acme  = { name = "Acme Tools" }
    birch = { name = "Birch Workshop" }
  }
}

run "makes_a_chatbot_for_each" {
  assert {
    condition     = toset(keys(output.chatbot_ids)) == toset(["acme", "birch"])
    error_message = "Each customer must have a chatbot."
  }

  assert {
    condition     = strcontains(module.bot["acme"].prompt, "Acme Tools")
    error_message = "The prompt must name the customer."
  }
}

run "refuses_a_wrong_key" {
  command = plan

  variables {
    customers = { "Acme Tools" = { name = "Acme Tools" } }
  }

  expect_failures = [var.customers]
}

run "refuses_a_wrong_limit" {
  command = plan

  variables {
    customers = { acme = { name = "Acme Tools", rate_limit = { messages = 0, seconds = 60 } } }
  }

  expect_failures = [var.customers]
}
