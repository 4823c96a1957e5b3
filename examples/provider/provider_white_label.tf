# An ephemeral variable is neither in the state nor in a saved plan. Set TF_VAR_gpt_trainer_api_key for every command.
variable "gpt_trainer_api_key" {
  description = "An API key of the account on app.gpt-trainer.com."
  type        = string
  sensitive   = true
  ephemeral   = true
}

provider "aichatbothub" {
  base_url = "https://app.gpt-trainer.com"
  api_key  = var.gpt_trainer_api_key

  # Optional limits for an account that other programs use as well.
  max_retries         = 8
  request_timeout     = "2m"
  requests_per_minute = 120
}

data "aichatbothub_chatbots" "all" {}

output "chatbots" {
  value = { for bot in data.aichatbothub_chatbots.all.chatbots : bot.id => bot.name }
}
