data "aichatbothub_chatbot" "support" {
  name = "Support"
}

# By file name or, for a web page, by URL. Questions have neither: use their id.
data "aichatbothub_source" "returns" {
  chatbot_id = data.aichatbothub_chatbot.support.id
  file_name  = "returns.pdf"
}

# Warns in every plan and apply while the source is not trained.
check "returns_are_known" {
  assert {
    condition     = data.aichatbothub_source.returns.trained
    error_message = "returns.pdf is not trained: ${data.aichatbothub_source.returns.status}."
  }
}
