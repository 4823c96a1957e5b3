# `terraform test -filter=existing_account_mocked.tftest.hcl` needs no account. The provider is a mock: computed values are random texts,
# false, 0 and empty collections. A mock cannot import, so the resources that are imported are overridden.

mock_provider "aichatbothub" {}

override_resource {
  target = aichatbothub_chatbot.bot
}

override_resource {
  target = aichatbothub_default_agent.bot
}

variables {
  chatbots = {
    shop      = { name = "Northwind Books support", visibility = "hybrid" }
    wholesale = { name = "Northwind Books wholesale" }
  }
}

run "takes_over_each_chatbot" {
  assert {
    condition     = { for key, bot in aichatbothub_chatbot.bot : key => bot.name } == { shop = "Northwind Books support", wholesale = "Northwind Books wholesale" }
    error_message = "Each chatbot must keep its name."
  }

  assert {
    condition     = startswith(aichatbothub_default_agent.bot["wholesale"].prompt, "You answer booksellers")
    error_message = "Each chatbot must have its own prompt."
  }

  assert {
    condition     = keys(aichatbothub_knowledge_base.bot["wholesale"].questions) == tolist(["What is the discount?"])
    error_message = "Each chatbot must have its own questions."
  }
}

run "refuses_two_chatbots_of_one_name" {
  command = plan

  variables {
    chatbots = {
      shop      = { name = "Northwind Books support" }
      wholesale = { name = "Northwind Books support" }
    }
  }

  expect_failures = [var.chatbots]
}
