data "aichatbothub_chatbot" "support" {
  name = "Support"
}

# By file name or, for a web page, by URL. Questions have neither: use their id.
data "aichatbothub_source" "returns" {
  chatbot_id = data.aichatbothub_chatbot.support.id
  file_name  = "returns.pdf"
}

# Warns in every plan and apply after the training of the source has failed. `trained` would also warn while it is running.
check "returns_are_known" {
  assert {
    condition     = !can(regex("^(fail$|error)", data.aichatbothub_source.returns.status))
    error_message = "The training of returns.pdf has failed: ${data.aichatbothub_source.returns.status}."
  }
}
