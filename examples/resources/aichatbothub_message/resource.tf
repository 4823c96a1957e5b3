resource "aichatbothub_chatbot" "support" {
  name = "Support"
}

resource "aichatbothub_source" "hours" {
  chatbot_id = aichatbothub_chatbot.support.id
  qa = {
    question = "When is the shop open?"
    answer   = "From 9 to 18, Monday to Saturday."
  }
}

# The conversation in which the questions are asked.
resource "aichatbothub_session" "smoke_test" {
  chatbot_id = aichatbothub_chatbot.support.id
}

# Asked once, by the apply that creates it. The answer costs message credits. Later plans only read it.
resource "aichatbothub_message" "hours" {
  session_id = aichatbothub_session.smoke_test.id
  query      = "When is the shop open?"

  # When a value changes, the question is asked again. Here: when the sources of the chatbot change.
  triggers = {
    hours = aichatbothub_source.hours.id
  }

  # An answer from another source fails the apply. A condition over a collection holds with a `mock_provider` too, where collections are empty.
  lifecycle {
    postcondition {
      condition     = alltrue([for citation in self.citations : citation.source_id == aichatbothub_source.hours.id])
      error_message = "The chatbot did not answer from the opening hours. It said: ${self.response}"
    }
  }
}

# The next question of the same conversation. Without depends_on, it could be asked first.
resource "aichatbothub_message" "sundays" {
  session_id = aichatbothub_session.smoke_test.id
  query      = "And on Sundays?"
  depends_on = [aichatbothub_message.hours]
}

output "source_of_the_answer" {
  value = aichatbothub_message.hours.citations[*].title
}
