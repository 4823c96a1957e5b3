# `terraform test -filter=faq_mocked.tftest.hcl` needs no account. The provider is a mock: computed values are random texts,
# false, 0 and empty collections.

mock_provider "aichatbothub" {}

run "has_the_question_of_each_row" {
  assert {
    condition = toset(keys(aichatbothub_knowledge_base.faq.questions)) == toset([
      "Can you wrap a book as a gift?", "How long can I return a book?", "What does shipping cost?", "When is the shop open?",
    ])
    error_message = "Every row must be a question."
  }

  assert {
    condition     = aichatbothub_knowledge_base.faq.chatbot_id == output.chatbot_id
    error_message = "The questions must be those of the chatbot."
  }
}

run "follows_the_file" {
  variables {
    file = "faq_changed.csv"
  }

  assert {
    condition     = aichatbothub_knowledge_base.faq.questions["When is the shop open?"] == "From 9 to 20, Monday to Saturday."
    error_message = "An answer must be that of the file."
  }

  assert {
    condition     = !contains(keys(aichatbothub_knowledge_base.faq.questions), "What does shipping cost?")
    error_message = "A removed row must be no question."
  }
}

run "refuses_wrong_values" {
  command = plan

  variables {
    shop = " "
    file = "faq.xlsx"
  }

  expect_failures = [var.shop, var.file]
}
