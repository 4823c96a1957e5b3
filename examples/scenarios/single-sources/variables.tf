variable "shop" {
  description = "The name of the shop. The chatbot is named after it."
  type        = string
  default     = "Northwind Books"

  validation {
    condition     = trimspace(var.shop) != ""
    error_message = "The shop needs a name."
  }
}

variable "questions" {
  description = "The questions with their answers, by key. Another key replaces the source."
  type        = map(object({ question = string, answer = string }))
  default = {
    season = {
      question = "When does the new catalog appear?"
      answer   = "On the first Monday of September."
    }
    order = {
      question = "How do I order?"
      answer   = "By e-mail, with the number of each title."
    }
  }

  validation {
    condition     = contains(keys(var.questions), "season") && alltrue([for entry in var.questions : trimspace(entry.question) != "" && trimspace(entry.answer) != ""])
    error_message = "The question season is required, because the tag has it, and each question needs an answer."
  }
}

variable "pages" {
  description = "What citations of a page link to, by the address that the service fetches."
  type        = map(string)
  default = {
    "https://shop.example.com/print/terms"   = "https://shop.example.com/terms"
    "https://shop.example.com/print/returns" = "https://shop.example.com/returns"
  }

  validation {
    condition     = alltrue([for page, link in var.pages : can(regex("^https?://[^/]+", page)) && can(regex("^https?://[^/]+", link))])
    error_message = "Each page and each link needs https:// or http://."
  }
}

variable "wait" {
  description = "Whether an apply waits until the pages are trained. If not, a check warns in each run until they are."
  type        = bool
  default     = true
}
