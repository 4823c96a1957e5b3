# The pages of the shop embed this chatbot. With "hybrid" it has no public chat page.
resource "aichatbothub_chatbot" "support" {
  name       = "Support"
  visibility = "hybrid"

  rate_limit = {
    messages = 10
    seconds  = 60
  }
  rate_limit_message = "That was a lot of questions. Please wait a minute before you ask the next one."
  show_citations     = true

  # Destroying the chatbot would also delete its agents, sources and conversations.
  deletion_protection = true
}

# Add this before </body> to every page that should show the chat bubble.
output "support_embed_html" {
  value = aichatbothub_chatbot.support.embed_html
}
