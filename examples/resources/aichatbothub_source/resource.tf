resource "aichatbothub_chatbot" "support" {
  name       = "Support"
  visibility = "public"
}

# A file. For one on disk, write path = "${path.module}/returns.md" instead of name and content.
resource "aichatbothub_source" "returns" {
  chatbot_id            = aichatbothub_chatbot.support.id
  title                 = "Returns"                          # left out, the service writes one
  reference_source_link = "https://shop.example.com/returns" # what citations link to

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

# A web page, which the service fetches.
resource "aichatbothub_source" "delivery" {
  chatbot_id = aichatbothub_chatbot.support.id
  url        = "https://shop.example.com/delivery"

  # Any values: when one changes, the page is fetched again.
  retrain_triggers = {
    release = "2026-10"
  }

  # An apply waits until the source is trained, 30 minutes at most unless this says otherwise.
  wait_for_training = true
  timeouts = {
    create = "10m"
    update = "10m"
  }
}
