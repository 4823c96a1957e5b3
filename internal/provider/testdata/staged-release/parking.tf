resource "aichatbothub_source" "parking" {
  chatbot_id = aichatbothub_chatbot.bot.id
  file       = { name = "parking.txt", content = "Parking costs two euros." }
}

output "singles" {
  description = "A value that changes with each change of the single sources."
  value       = aichatbothub_source.parking.id
}
