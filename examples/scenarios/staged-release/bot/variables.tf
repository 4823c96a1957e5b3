variable "name" {
  description = "The name of the chatbot."
  type        = string
}

variable "prompt" {
  description = "The instructions for the agent that answers."
  type        = string
}

variable "documents" {
  description = "The path of the folder of documents."
  type        = string
}

variable "visibility" {
  description = "Who can use the chatbot: private, hybrid or public."
  type        = string
  default     = "private"
}

variable "protect" {
  description = "Whether Terraform refuses to destroy the chatbot."
  type        = bool
  default     = false
}
