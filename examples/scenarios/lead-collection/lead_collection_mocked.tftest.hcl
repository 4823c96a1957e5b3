# `terraform test -filter=lead_collection_mocked.tftest.hcl` needs no account. The provider is a mock: computed values are random texts,
# false, 0 and empty collections.

mock_provider "aichatbothub" {}

variables {
  crm_token = "not-a-real-token"
}

run "asks_for_the_fields_and_sends_them" {
  assert {
    condition     = jsondecode(output.json_schema).properties.copies.type == "number"
    error_message = "The function must send a number as a number."
  }

  assert {
    condition     = strcontains(aichatbothub_default_agent.sales.prompt, "- copies: How many copies the visitor wants to buy. The visitor may skip it.\n")
    error_message = "The prompt must name every field."
  }

  assert {
    condition     = aichatbothub_tool_function.send_lead.secret_headers_wo == null
    error_message = "The state must not have the token."
  }
}

run "refuses_wrong_values" {
  command = plan

  variables {
    company        = " "
    fields         = { "E-Mail" = { description = "The e-mail address." } }
    privacy_policy = "www.example.com/privacy"
    crm_url        = "http://crm.example.com/api/leads"
    crm_token      = ""
  }

  expect_failures = [var.company, var.fields, var.privacy_policy, var.crm_url, var.crm_token]
}

run "refuses_a_lead_without_a_field" {
  command = plan

  variables {
    fields = { email = { description = "The e-mail address.", required = false } }
  }

  expect_failures = [var.fields]
}
