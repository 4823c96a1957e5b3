data "aichatbothub_chatbot" "support" {
  name = "Support"
}

# By file name or, for a web page, by address. Questions have neither: find them by id.
data "aichatbothub_source" "returns" {
  chatbot_id = data.aichatbothub_chatbot.support.id
  file_name  = "returns.pdf"
}

# Says so in every plan and apply while the chatbot cannot answer from it.
check "returns_are_known" {
  assert {
    condition     = data.aichatbothub_source.returns.trained
    error_message = "returns.pdf is not trained: ${data.aichatbothub_source.returns.status}."
  }
}
