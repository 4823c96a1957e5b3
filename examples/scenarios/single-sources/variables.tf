variable "shop" {
  description = "The name of the shop; the chatbot is named after it."
  type        = string
  default     = "Northwind Books"

  validation {
    condition     = trimspace(var.shop) != ""
    error_message = "The shop needs a name."
  }
}

variable "questions" {
  description = "The questions with their answers, by key. Do not change the keys."
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
}

variable "pages" {
  description = "What citations of a page link to, by the address that the service fetches."
  type        = map(string)
  default = {
    "https://shop.example.com/print/terms"   = "https://shop.example.com/terms"
    "https://shop.example.com/print/returns" = "https://shop.example.com/returns"
  }
}

variable "wait" {
  description = "Whether an apply waits until the pages are trained. Otherwise the check warns in later runs about pages that are not trained."
  type        = bool
  default     = true
}
