variable "shop" {
  description = "The name of the shop; the chatbot is named after it."
  type        = string
  default     = "Northwind Books"

  validation {
    condition     = trimspace(var.shop) != ""
    error_message = "The shop needs a name."
  }
}

variable "file" {
  description = "The file of the questions: CSV with the columns question and answer."
  type        = string
  default     = "faq.csv"
}
