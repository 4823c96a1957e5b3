resource "aichatbothub_chatbot" "shop" {
  name = "Shop"
}

resource "aichatbothub_source" "hours" {
  chatbot_id = aichatbothub_chatbot.shop.id
  qa = {
    question = "When is the shop open?"
    answer   = "From 9 to 18, Monday to Saturday."
  }
}

resource "aichatbothub_answer_test" "shop" {
  chatbot_id = aichatbothub_chatbot.shop.id
  cases = {
    hours = {
      ask      = ["When is the shop open?"]
      contains = ["9"]
    }
  }
  triggers = { hours = aichatbothub_source.hours.id } # what the answers depend on
}
