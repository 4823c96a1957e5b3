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
}

variable "orders_url" {
  description = "The URL that returns the state of an order."
  type        = string
  default     = "https://shop.example.com/api/orders"
}

# Terraform does not store the value of an ephemeral variable. Set it for every run, for example in TF_VAR_orders_token.
variable "orders_token" {
  description = "The token for orders_url."
  type        = string
  default     = "not-a-real-token"
  sensitive   = true
  ephemeral   = true
}

variable "protect" {
  description = "Whether Terraform refuses to destroy the chatbot, and its agents and conversations with it."
  type        = bool
  default     = false
}
