# Each question has its own session, so that no answer depends on an earlier one.
resource "aichatbothub_session" "smoke" {
  for_each = var.smoke_test

  chatbot_id = aichatbothub_chatbot.shop.id
}

# A question is asked once, when the resource is created. Each answer costs message credits. `triggers` ask the question again when the
# sources change.
resource "aichatbothub_message" "smoke" {
  for_each = var.smoke_test

  session_id = aichatbothub_session.smoke[each.key].id
  query      = each.value.ask
  triggers   = { faq = sha256(jsonencode(var.faq)) }

  # Wait until all sources are trained.
  depends_on = [aichatbothub_source.faq]

  # A wrong answer fails the apply, and with it the pipeline.
  lifecycle {
    postcondition {
      condition     = can(regex(each.value.expect, self.response))
      error_message = "Asked \"${self.query}\", the chatbot answered \"${self.response}\", and not ${each.value.expect}."
    }
  }
}

# Answers without citations are a warning, in this run and in every later plan.
check "answers_name_their_source" {
  assert {
    condition     = alltrue([for message in aichatbothub_message.smoke : length(message.citations) > 0])
    error_message = "Some answers cite no source and may be invented."
  }
}
