variable "customers" {
  description = "The customers, by a key that never changes. The folder `customers/KEY` has the documents of a customer. `protect` is whether Terraform refuses to destroy its chatbot."
  type = map(object({
    name       = string
    visibility = optional(string, "hybrid")
    rate_limit = optional(object({ messages = number, seconds = number }), { messages = 20, seconds = 240 })
    protect    = optional(bool, true)
  }))

  validation {
    condition     = alltrue([for key in keys(var.customers) : can(regex("^[a-z][a-z0-9-]*$", key))])
    error_message = "A key has lower-case letters, digits and hyphens, and begins with a letter."
  }

  validation {
    condition     = alltrue([for customer in var.customers : trimspace(customer.name) != ""])
    error_message = "Each customer needs a name."
  }

  validation {
    condition     = alltrue([for customer in var.customers : contains(["private", "hybrid", "public"], customer.visibility)])
    error_message = "visibility is private, hybrid or public."
  }

  validation {
    condition = alltrue([for customer in var.customers : (
      customer.rate_limit.messages >= 1 && customer.rate_limit.messages <= 100 && customer.rate_limit.seconds >= 1 && customer.rate_limit.seconds <= 360
    )])
    error_message = "messages must be 1 to 100, and seconds 1 to 360."
  }
}
