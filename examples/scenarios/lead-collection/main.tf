terraform {
  required_version = ">= 1.11" # for ephemeral variables and write-only arguments

  required_providers {
    aichatbothub = {
      source  = "aichatbothub/aichatbothub"
      version = "~> 0.1"
    }
  }
}

# The key and the address are read from AICHATBOTHUB_API_KEY and AICHATBOTHUB_BASE_URL.
provider "aichatbothub" {}

resource "aichatbothub_chatbot" "sales" {
  name       = "${var.company} sales"
  visibility = "hybrid"

  deletion_protection = var.protect
}

# The agent that the service creates with the chatbot. It asks the visitor for the fields, and calls the function when it has them.
resource "aichatbothub_default_agent" "sales" {
  chatbot_id  = aichatbothub_chatbot.sales.id
  description = "Questions of people who may want to buy."
  prompt = templatefile("${path.module}/prompt.md", {
    company        = var.company
    privacy_policy = var.privacy_policy
    fields         = var.fields
  })

  variables = [for name, field in var.fields : {
    name        = name
    description = field.description
    type        = field.type
    example     = field.example
  }]
}

# The service calls this function with the values that the agent has. Fields and parameters come from one variable, so that they cannot differ.
resource "aichatbothub_tool_function" "send_lead" {
  chatbot_id  = aichatbothub_chatbot.sales.id
  agent_id    = aichatbothub_default_agent.sales.id
  name        = "send_lead"
  description = "Sends the data of the visitor to our sales team. Call it once, after the visitor has agreed."
  url         = var.crm_url
  method      = "POST"

  parameters = jsonencode({
    type       = "object"
    properties = { for name, field in var.fields : name => { type = field.type, description = field.description } }
    required   = [for name, field in var.fields : name if field.required]
  })

  # Sent to the service, and stored neither in the state nor in a plan. Another token is an update in place.
  secret_headers_wo = { Authorization = "Bearer ${var.crm_token}" }
}
