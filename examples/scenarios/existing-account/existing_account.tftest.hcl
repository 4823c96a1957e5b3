# `terraform test` creates two real chatbots in the account of AICHATBOTHUB_API_KEY, takes them over, and destroys them. The account must have no
# chatbots of the same names.

run "somebody_makes_two_chatbots" {
  module {
    source = "./by-hand"
  }
}

run "takes_them_over" {
  variables {
    chatbots = {
      shop = { name = run.somebody_makes_two_chatbots.names["shop"], visibility = "hybrid" }
      wholesale = {
        name               = run.somebody_makes_two_chatbots.names["wholesale"]
        rate_limit         = { messages = 100, seconds = 300 }
        rate_limit_message = "Please wait a moment."
      }
    }
  }

  assert {
    condition     = alltrue([for key, bot in aichatbothub_chatbot.bot : bot.id == data.aichatbothub_chatbot.existing[key].id])
    error_message = "The chatbots must be those that exist."
  }

  assert {
    condition     = alltrue([for key, agent in aichatbothub_default_agent.bot : agent.id == data.aichatbothub_agent.existing[key].id])
    error_message = "The agents must be those that exist."
  }

  assert {
    condition     = length(aichatbothub_knowledge_base.bot["shop"].source_ids) == 2 && length(aichatbothub_knowledge_base.bot["wholesale"].source_ids) == 1
    error_message = "Each chatbot must have its questions."
  }
}
