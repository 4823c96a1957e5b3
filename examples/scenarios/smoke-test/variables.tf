variable "shop" {
  description = "The name of the shop. The chatbot is named after it."
  type        = string
  default     = "Northwind Books"

  validation {
    condition     = trimspace(var.shop) != ""
    error_message = "The shop needs a name."
  }
}

variable "faq" {
  description = "The questions and answers that the chatbot is trained with, by key."
  type        = map(object({ question = string, answer = string }))
  default = {
    returns = {
      question = "Can I send a book back?"
      answer   = "Yes, within 30 days, and we pay for the parcel."
    }
    hours = {
      question = "When are you open?"
      answer   = "From 9 to 18, Monday to Saturday."
    }
  }

  validation {
    condition     = length(var.faq) > 0 && alltrue([for entry in var.faq : trimspace(entry.question) != "" && trimspace(entry.answer) != ""])
    error_message = "At least one question is required, and each needs an answer."
  }
}

variable "smoke_test" {
  description = "The questions that the chatbot is asked, by key, each with a regular expression for the answer."
  type        = map(object({ ask = string, expect = string }))
  default = {
    returns = { ask = "can I send a book back", expect = "30 days" }
    hours   = { ask = "When are you open?", expect = "Monday (to|-) Saturday" }
  }

  validation {
    condition     = length(var.smoke_test) > 0 && alltrue([for test in var.smoke_test : trimspace(test.ask) != "" && test.expect != "" && can(regexall(test.expect, ""))])
    error_message = "At least one question is required, and each needs a valid regular expression."
  }
}
