variable "name" {
  description = "The name of the customer, which is that of the chatbot."
  type        = string
}

variable "visibility" {
  description = "Who can use the chatbot: private, hybrid or public."
  type        = string
}

variable "rate_limit" {
  description = "How many messages a visitor can send in how many seconds."
  type        = object({ messages = number, seconds = number })
}

variable "prompt" {
  description = "The instructions for the agent that answers."
  type        = string
}

variable "documents" {
  description = "The path of the folder of documents."
  type        = string
}

variable "protect" {
  description = "Whether Terraform refuses to destroy the chatbot."
  type        = bool
}
