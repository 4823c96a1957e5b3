variable "company" {
  description = "The name of the company. The chatbot is named after it, and the prompt has it."
  type        = string
  default     = "Northwind Books"

  validation {
    condition     = trimspace(var.company) != ""
    error_message = "The company needs a name."
  }
}

variable "visibility" {
  description = "Who can use the chatbot: only you (`private`), visitors of pages that embed it (`hybrid`), or everybody with its address (`public`)."
  type        = string
  default     = "hybrid"

  validation {
    condition     = contains(["private", "hybrid", "public"], var.visibility)
    error_message = "Use private, hybrid or public."
  }
}

variable "questions" {
  description = "What the chatbot knows: answers by question."
  type        = map(string)
  default = {
    "When is the shop open?"        = "From 9 to 18, Monday to Saturday."
    "How long can I return a book?" = "For 30 days, with the receipt."
    "What does shipping cost?"      = "Three euros. Orders above 40 euros are shipped free of charge."
  }

  validation {
    condition     = length(var.questions) > 0 && alltrue([for question, answer in var.questions : trimspace(question) != "" && trimspace(answer) != ""])
    error_message = "At least one question is required, and each needs an answer."
  }
}

variable "rate_limit" {
  description = "How many messages (1 to 100) a visitor can send in how many seconds (1 to 360)."
  type = object({
    messages = number
    seconds  = number
  })
  default = {
    messages = 20
    seconds  = 120
  }

  validation {
    condition     = var.rate_limit.messages >= 1 && var.rate_limit.messages <= 100 && var.rate_limit.seconds >= 1 && var.rate_limit.seconds <= 360
    error_message = "messages must be 1 to 100, and seconds 1 to 360."
  }
}

variable "protect" {
  description = "Whether Terraform refuses to destroy the chatbot. Set it to true when visitors use the chatbot."
  type        = bool
  default     = false
}
