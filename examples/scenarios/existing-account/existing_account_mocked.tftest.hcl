# `terraform test -filter=existing_account_mocked.tftest.hcl` needs no account. The provider is a mock: computed values are random texts,
# false, 0 and empty collections. A mock cannot import, so the chatbots are created.

mock_provider "aichatbothub" {}

variables {
  import_existing = false

  chatbots = {
    shop      = { name = "Northwind Books support", visibility = "hybrid" }
    wholesale = { name = "Northwind Books wholesale" }
  }
}

run "describes_each_chatbot" {
  assert {
    condition     = { for key, bot in aichatbothub_chatbot.bot : key => bot.name } == { shop = "Northwind Books support", wholesale = "Northwind Books wholesale" }
    error_message = "Each chatbot must have its name."
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
