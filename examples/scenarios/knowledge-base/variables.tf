variable "company" {
  description = "The name of the company; the chatbot is named after it."
  type        = string
  default     = "Northwind Books"

  validation {
    condition     = trimspace(var.company) != ""
    error_message = "The company needs a name."
  }
}

variable "folder" {
  description = "The folder of the documents, relative to this one."
  type        = string
  default     = "docs"
}

variable "link" {
  description = "The URL under which the documents are published. Citations link to the path of the file below it. Null for no links."
  type        = string
  default     = null
}
