# Each question has a session of its own, so that no answer depends on what was said before.
resource "aichatbothub_session" "smoke" {
  for_each = var.smoke_test

  chatbot_id = aichatbothub_chatbot.shop.id
}

# A question is asked once, when it is created, and each answer costs message credits. `triggers` ask it again when the bot has learned
# something else.
resource "aichatbothub_message" "smoke" {
  for_each = var.smoke_test

  session_id = aichatbothub_session.smoke[each.key].id
  query      = each.value.ask
  triggers   = { faq = sha256(jsonencode(var.faq)) }

  # Not before all sources are trained.
  depends_on = [aichatbothub_source.faq]

  # What must be right: an answer without it fails the apply, and a pipeline with it.
  lifecycle {
    postcondition {
      condition     = can(regex(each.value.expect, self.response))
      error_message = "Asked \"${self.query}\", the bot answered \"${self.response}\", and not ${each.value.expect}."
    }
  }
}

# What should be right: a warning, in this run and in every later plan.
check "answers_name_their_source" {
  assert {
    condition     = alltrue([for message in aichatbothub_message.smoke : length(message.citations) > 0])
    error_message = "Some answers cite no source: the bot may have made them up."
  }
}
