variable "chatbots" {
  description = "The chatbots that exist, by a key of your choice. `prompts/KEY.md` has the prompt of a chatbot, and `faq/KEY.csv` its questions. `default_agent` is the name of its first agent."
  type = map(object({
    name           = string
    visibility     = optional(string, "private")
    show_citations = optional(bool, false)
    default_agent  = optional(string, "General Q&A")
    rate_limit = optional(object({
      messages = number
      seconds  = number
    }))
    rate_limit_message = optional(string)
  }))

  validation {
    condition     = alltrue([for key in keys(var.chatbots) : can(regex("^[a-z][a-z0-9_-]*$", key))])
    error_message = "A key has lower-case letters, digits, hyphens and underscores, and begins with a letter."
  }

  validation {
    condition     = length(toset([for bot in var.chatbots : bot.name])) == length(var.chatbots)
    error_message = "Two chatbots have the same name, so neither can be found by it. Rename one of them in the web app first."
  }

  validation {
    condition     = alltrue([for bot in var.chatbots : contains(["private", "hybrid", "public"], bot.visibility)])
    error_message = "visibility is private, hybrid or public."
  }
}

variable "import_existing" {
  description = "Whether the chatbots exist. If not, the apply creates them, for example in an account for tests."
  type        = bool
  default     = true
}

variable "protect" {
  description = "Whether Terraform refuses to destroy the chatbots. Set it to true after the first apply."
  type        = bool
  default     = false
}
