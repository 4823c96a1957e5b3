resource "aichatbothub_chatbot" "support" {
  name       = "Support"
  visibility = "public"
}

# A file. For a file on disk, write path = "${path.module}/returns.md" instead of name and content.
resource "aichatbothub_source" "returns" {
  chatbot_id            = aichatbothub_chatbot.support.id
  title                 = "Returns"                          # without it, the service writes one
  reference_source_link = "https://shop.example.com/returns" # the target of links in citations

  file = {
    name    = "returns.md"
    content = <<-EOT
      # Returns

      Plants can be returned for 30 days, with the receipt.
    EOT
  }
}

# A question with its answer.
resource "aichatbothub_source" "hours" {
  chatbot_id = aichatbothub_chatbot.support.id

  qa = {
    question = "When is the shop open?"
    answer   = "From 9 to 18, Monday to Saturday."
  }
}

# A web page.
resource "aichatbothub_source" "delivery" {
  chatbot_id = aichatbothub_chatbot.support.id
  url        = "https://shop.example.com/delivery"

  # When a value changes, the page is fetched again.
  retrain_triggers = {
    release = "2026-10"
  }

  # A page whose training is older is fetched again by the next apply, for example by one that runs every night.
  max_age = "168h"

  # How long an apply waits for the training. The default is 30 minutes.
  wait_for_training = true
  timeouts = {
    create = "10m"
    update = "10m"
  }
}
