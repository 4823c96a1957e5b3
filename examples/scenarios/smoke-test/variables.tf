variable "shop" {
  description = "The name of the shop; the chatbot is named after it."
  type        = string
  default     = "Northwind Books"
}

variable "faq" {
  description = "The questions and answers that the bot is trained with, by key."
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
}

variable "smoke_test" {
  description = "The questions that the bot is asked, and a regular expression for each answer."
  type        = map(object({ ask = string, expect = string }))
  default = {
    returns = { ask = "can I send a book back", expect = "30 days" }
    hours   = { ask = "When are you open?", expect = "Monday (to|-) Saturday" }
  }
}
