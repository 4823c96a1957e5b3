variable "shop" {
  description = "The name of the shop. The chatbot is named after it."
  type        = string
  default     = "Northwind Books"

  validation {
    condition     = trimspace(var.shop) != ""
    error_message = "The shop needs a name."
  }
}

variable "file" {
  description = "The file of the questions, relative to this folder: CSV with the columns `question` and `answer`."
  type        = string
  default     = "faq.csv"

  validation {
    condition     = endswith(lower(var.file), ".csv")
    error_message = "Use the path of a file that ends with .csv, such as faq.csv."
  }
}
