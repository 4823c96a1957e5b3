variable "shop" {
  description = "The name of the shop; the chatbot is named after it, and visitors read it."
  type        = string
  default     = "Northwind Books"

  validation {
    condition     = trimspace(var.shop) != ""
    error_message = "The shop needs a name."
  }
}

variable "hand_over_on" {
  description = "Messages after which a visitor is handed over to a person, at most ten."
  type        = list(string)
  default     = ["talk to a person", "speak to someone"]

  validation {
    condition     = length(var.hand_over_on) <= 10 && alltrue([for message in var.hand_over_on : trimspace(message) != ""])
    error_message = "The service takes at most ten messages, and none of them may be empty."
  }
}

variable "orders_url" {
  description = "The URL of your system that returns the state of an order. The service sends the token to it."
  type        = string
  default     = "https://shop.example.com/api/orders"

  validation {
    condition     = startswith(var.orders_url, "https://")
    error_message = "Use https, because the token is sent to this URL."
  }
}

# Terraform does not store the value of an ephemeral variable. Set it for every run, for example in TF_VAR_orders_token.
variable "orders_token" {
  description = "The token for `orders_url`. It is neither in the state nor in a saved plan."
  type        = string
  sensitive   = true
  ephemeral   = true

  validation {
    condition     = trimspace(var.orders_token) != ""
    error_message = "The token is empty. Set TF_VAR_orders_token."
  }
}

variable "protect" {
  description = "Whether Terraform refuses to destroy the chatbot. Set it to true when customers use the chatbot."
  type        = bool
  default     = false
}
