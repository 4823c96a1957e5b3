# All chatbots of the account.
data "aichatbothub_chatbots" "all" {}

# The chatbots whose name starts with "Support".
data "aichatbothub_chatbots" "support" {
  name_regex = "^Support"
}

# The chatbots that everybody with the link can use. Names need not be unique, so the map uses ids as keys.
output "public_chatbots" {
  value = {
    for bot in data.aichatbothub_chatbots.all.chatbots : bot.id => bot.name
    if bot.visibility == "public"
  }
}

output "support_embed_html" {
  value = data.aichatbothub_chatbots.support.chatbots[*].embed_html
}
