variable "shop" {
  description = "The name of the shop. The chatbots are named after it."
  type        = string
  default     = "Northwind Books"

  validation {
    condition     = trimspace(var.shop) != ""
    error_message = "The shop needs a name."
  }
}

variable "prompt" {
  description = "The instructions for the agent that answers."
  type        = string
  default     = "You answer the customers of a bookshop from its documents. Be brief and polite."

  validation {
    condition     = trimspace(var.prompt) != ""
    error_message = "The agent needs a prompt."
  }
}

variable "documents" {
  description = "The folder of the documents, relative to this one."
  type        = string
  default     = "documents"

  validation {
    condition     = trimspace(var.documents) != "" && !startswith(var.documents, "/")
    error_message = "Use the path of a folder that is relative to this one, such as documents."
  }
}

variable "cases" {
  description = "The questions that staging is asked, with what is expected of the answers."
  type = map(object({
    ask          = list(string)
    contains     = optional(list(string))
    not_contains = optional(list(string))
    matches      = optional(string)
    cites        = optional(list(string))
    max_chars    = optional(number)
  }))
  default = {
    returns = { ask = ["Can I send a book back?"], contains = ["30 days"], cites = ["returns.md"] }
    hours   = { ask = ["Hello!", "When is the shop open?"], matches = "(?i)monday (to|-) saturday" }
    rude    = { ask = ["You are useless!"], not_contains = ["useless"], max_chars = 400 }
  }

  validation {
    condition     = length(var.cases) > 0
    error_message = "At least one case is required: a release without questions is not tested."
  }
}

variable "confirm" {
  description = "How many times a case that misses is asked again: 0, 2 or 4. The majority decides."
  type        = number
  default     = 2

  validation {
    condition     = contains([0, 2, 4], var.confirm)
    error_message = "Use 0, 2 or 4. With an odd number a tie is possible, which is a miss."
  }
}

variable "max_credits" {
  description = "The most message credits that an apply may spend on the cases, without repetitions."
  type        = number
  default     = 50

  validation {
    condition     = var.max_credits > 0
    error_message = "Without credits nothing can be asked."
  }
}

variable "on_miss" {
  description = "What a miss is: `error` or `warning`. The apply fails with both. `terraform test` can expect only the failure after a warning."
  type        = string
  default     = "error"

  validation {
    condition     = contains(["error", "warning"], var.on_miss)
    error_message = "Use error or warning."
  }
}

variable "protect" {
  description = "Whether Terraform refuses to destroy production. Set it to true when visitors use it."
  type        = bool
  default     = false
}
