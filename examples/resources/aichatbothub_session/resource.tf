resource "aichatbothub_chatbot" "support" {
  name = "Support"
}

# A conversation that exists until it is destroyed, for example for monitoring.
resource "aichatbothub_session" "monitoring" {
  chatbot_id = aichatbothub_chatbot.support.id
}

# The agents can use these variables from the first message on.
resource "aichatbothub_session" "gold_customer" {
  chatbot_id = aichatbothub_chatbot.support.id
  initial_variables = {
    customer_name = "Ada"
    tier          = "gold"
    orders        = 12
  }
}
