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
