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
  description = "The folder of the documents, within this one."
  type        = string
  default     = "docs"
}

variable "link" {
  description = "Where people read the documents; citations link to the file's path below it. Null for no links."
  type        = string
  default     = null
}
