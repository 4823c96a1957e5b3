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
  description = "What a visitor can say to be handed over to a person, ten things at most."
  type        = list(string)
  default     = ["talk to a person", "speak to someone"]
}

variable "orders_url" {
  description = "The address that answers where an order is."
  type        = string
  default     = "https://shop.example.com/api/orders"
}

# Ephemeral: Terraform forgets the value after each run, so give it every time, for example in TF_VAR_orders_token.
variable "orders_token" {
  description = "The token that opens the address of the orders."
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
