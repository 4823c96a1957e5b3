variable "company" {
  description = "The name of the company. The chatbot is named after it, and the prompt has it."
  type        = string
  default     = "Northwind Books"

  validation {
    condition     = trimspace(var.company) != ""
    error_message = "The company needs a name."
  }
}

variable "fields" {
  description = "What the agent asks for, by name. The names are those of the JSON that `crm_url` receives."
  type = map(object({
    description = string
    type        = optional(string, "string")
    example     = optional(string, "")
    required    = optional(bool, true)
  }))
  default = {
    email  = { description = "The e-mail address of the visitor.", example = "alice@example.com" }
    name   = { description = "The first and the last name of the visitor.", example = "Alice Miller" }
    copies = { description = "How many copies the visitor wants to buy.", type = "number", example = "25", required = false }
  }

  validation {
    condition     = alltrue([for name in keys(var.fields) : can(regex("^[a-z][a-z0-9_]*$", name))])
    error_message = "A name has lower-case letters, digits and underscores, and begins with a letter."
  }

  validation {
    condition     = alltrue([for field in var.fields : contains(["string", "number", "boolean"], field.type) && trimspace(field.description) != ""])
    error_message = "Each field needs a description, and its type is string, number or boolean."
  }

  validation {
    condition     = anytrue([for field in var.fields : field.required])
    error_message = "At least one field must be required, or the function could be called without any."
  }
}

variable "privacy_policy" {
  description = "The address of your privacy policy, which the agent names before it sends anything."
  type        = string
  default     = "https://www.example.com/privacy"

  validation {
    condition     = can(regex("^https://[^/]+", var.privacy_policy))
    error_message = "Use an address such as https://www.example.com/privacy."
  }
}

variable "crm_url" {
  description = "The URL of your system that receives a lead: a POST with the fields as JSON. The service sends the token to it."
  type        = string
  default     = "https://crm.example.com/api/leads"

  validation {
    condition     = can(regex("^https://[^/]+", var.crm_url))
    error_message = "Use https, because the token and personal data are sent to this URL."
  }
}

# Terraform does not store the value of an ephemeral variable. Set it for every run, for example in TF_VAR_crm_token.
variable "crm_token" {
  description = "The token for `crm_url`. It is neither in the state nor in a saved plan."
  type        = string
  sensitive   = true
  ephemeral   = true

  validation {
    condition     = trimspace(var.crm_token) != ""
    error_message = "The token is empty. Set TF_VAR_crm_token."
  }
}

variable "protect" {
  description = "Whether Terraform refuses to destroy the chatbot. Set it to true when visitors use the chatbot."
  type        = bool
  default     = false
}
