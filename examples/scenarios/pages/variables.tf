variable "site" {
  description = "The name of the web site; the chatbot is named after it."
  type        = string
  default     = "Northwind Books"
}

variable "pages" {
  description = "The addresses of the pages."
  type        = set(string)
  default = [
    "https://shop.example.com/delivery",
    "https://shop.example.com/payment",
    "https://shop.example.com/returns",
  ]

  validation {
    condition     = length(var.pages) > 0
    error_message = "At least one page is required."
  }
}

variable "release" {
  description = "The release of the web site. A new value fetches all pages again."
  type        = string
  default     = "1"
}

variable "max_age" {
  description = "How old the training of a page may be, such as 168h. Null for any age."
  type        = string
  default     = null
}

variable "wait" {
  description = "Whether an apply waits until the pages are trained. Otherwise the check warns in later runs until they are."
  type        = bool
  default     = true
}
