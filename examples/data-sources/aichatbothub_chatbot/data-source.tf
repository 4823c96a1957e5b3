# By name, exactly as in the web app. If several chatbots have that name, the error lists their ids.
data "aichatbothub_chatbot" "support" {
  name = "Support"
}

# By id, which never changes.
data "aichatbothub_chatbot" "sales" {
  id = "9b1f0c52d6e84a3f8d27c05e41a6b9f3"
}

output "chat_pages" {
  value = [
    data.aichatbothub_chatbot.support.widget_url,
    data.aichatbothub_chatbot.sales.widget_url,
  ]
}
