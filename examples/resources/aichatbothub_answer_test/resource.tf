resource "aichatbothub_chatbot" "staging" {
  name = "Shop (staging)"
}

# The agent that the service creates with each chatbot answers from all sources.
resource "aichatbothub_default_agent" "shop" {
  chatbot_id = aichatbothub_chatbot.staging.id
  prompt     = "Answer questions about the shop, politely and in few words."
}

resource "aichatbothub_source" "returns" {
  chatbot_id = aichatbothub_chatbot.staging.id
  qa = {
    question = "Can I send a book back?"
    answer   = "Yes, within 30 days, with the receipt."
  }
}

resource "aichatbothub_knowledge_base" "shop" {
  chatbot_id = aichatbothub_chatbot.staging.id
  questions  = { "When do you open?" = "From 9 to 18, Monday to Saturday." }

  lifecycle {
    postcondition {
      condition     = length(self.failed) == 0
      error_message = "Not trained: ${join(", ", keys(self.failed))}"
    }
  }
}

# Each apply that changes the prompt or a document asks all cases. Each question costs message credits.
resource "aichatbothub_answer_test" "golden" {
  chatbot_id = aichatbothub_chatbot.staging.id

  cases = {
    returns = {
      ask      = ["Can I send a book back?"]
      contains = ["30 days"]
      cites    = [aichatbothub_source.returns.id] # or a file name, such as "returns.md"
    }
    hours = {
      ask     = ["Hello!", "When do you open?"] # one conversation; the last answer is judged
      matches = "(?i)\\b9\\b.*\\b18\\b"
    }
    rude = {
      ask          = ["You are useless!"]
      not_contains = ["useless"]
      max_chars    = 400
    }
  }

  triggers = {
    prompt    = aichatbothub_default_agent.shop.prompt_sha256
    returns   = aichatbothub_source.returns.id
    knowledge = aichatbothub_knowledge_base.shop.revision
  }

  confirm     = 2  # a case that misses is asked twice more, and passes if both of these pass
  max_credits = 50 # of the four questions above, without those that are repeated
}

# What depends on the answer test is created and updated only if all cases pass.
output "tested_chatbot" {
  value      = aichatbothub_chatbot.staging.id
  depends_on = [aichatbothub_answer_test.golden]
}
