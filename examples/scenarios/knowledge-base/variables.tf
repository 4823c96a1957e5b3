variable "company" {
  description = "The name of the company. The chatbot is named after it."
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

  validation {
    condition     = trimspace(var.folder) != "" && !startswith(var.folder, "/")
    error_message = "Use the path of a folder that is relative to this one, such as docs."
  }
}

variable "link" {
  description = "The address under which the documents are published. Citations link to the path of the file below it. Null for no links."
  type        = string
  default     = null

  validation {
    condition     = var.link == null || can(regex("^https?://[^/?#]+(/[^?#]*)?$", var.link))
    error_message = "Use an address such as https://www.example.com/handbook, without ? and #."
  }
}
