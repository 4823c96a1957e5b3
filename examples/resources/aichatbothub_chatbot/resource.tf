# The pages of the shop embed this chatbot; "hybrid" keeps its own chat page closed.
resource "aichatbothub_chatbot" "support" {
  name       = "Support"
  visibility = "hybrid"

  rate_limit = {
    messages = 10
    seconds  = 60
  }
  rate_limit_message = "That was a lot of questions. Please wait a minute before you ask the next one."
  show_citations     = true

  # Destroying the chatbot would take its agents, sources and conversations with it.
  deletion_protection = true
}

# Paste this before </body> on every page that is to show the chat bubble.
output "support_embed_html" {
  value = aichatbothub_chatbot.support.embed_html
}
