variable "site" {
  description = "The name of the web site. The chatbot is named after it."
  type        = string
  default     = "Northwind Books"

  validation {
    condition     = trimspace(var.site) != ""
    error_message = "The web site needs a name."
  }
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
    condition     = length(var.pages) > 0 && alltrue([for page in var.pages : can(regex("^https?://[^/]+", page))])
    error_message = "At least one page is required, and each needs https:// or http://."
  }
}

variable "release" {
  description = "The release of the web site. A new value fetches all pages again."
  type        = string
  default     = "1"

  validation {
    condition     = trimspace(var.release) != ""
    error_message = "The release needs a name, such as 1 or 2025-06."
  }
}

variable "max_age" {
  description = "How old the training of a page may be, such as `168h`. An apply fetches older pages again. Null for any age."
  type        = string
  default     = null

  validation {
    condition     = var.max_age == null || can(regex("^([0-9]+h)?([0-9]+m)?$", var.max_age)) && var.max_age != ""
    error_message = "Use hours and minutes, such as 168h for a week. There is no unit for days."
  }
}

variable "wait" {
  description = "Whether an apply waits until the pages are trained. If not, a check warns in each run until they are."
  type        = bool
  default     = true
}
