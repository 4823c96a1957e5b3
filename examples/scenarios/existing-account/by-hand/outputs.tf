output "names" {
  description = "The names of the chatbots, by key."
  value       = { for key, bot in aichatbothub_chatbot.by_hand : key => bot.name }
}
