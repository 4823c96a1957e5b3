variable "company" {
  description = "The name of the company; the chatbots are named after it."
  type        = string
  default     = "Northwind Books"

  validation {
    condition     = trimspace(var.company) != ""
    error_message = "The company needs a name."
  }
}

variable "rate_limit" {
  description = "The number of messages that one visitor may send in a number of seconds."
  type = object({
    messages = number
    seconds  = number
  })
  default = {
    messages = 20
    seconds  = 120
  }
}

variable "protect" {
  description = "Whether Terraform refuses to destroy the live chatbot."
  type        = bool
  default     = false
}
