# What a chatbot has at the service, for the test of this scenario.

terraform {
  required_providers {
    aichatbothub = {
      source  = "aichatbothub/aichatbothub"
      version = "~> 0.1"
    }
  }
}

variable "chatbot_id" {
  description = "The id of the chatbot."
  type        = string
}

variable "expected" {
  description = "The objects that the test expects."
  type        = string
  default     = null
}

data "aichatbothub_agents" "all" {
  chatbot_id = var.chatbot_id
}

data "aichatbothub_sources" "all" {
  chatbot_id = var.chatbot_id
}

output "chatbot_id" {
  description = "The id of the chatbot."
  value       = var.chatbot_id
}

output "objects" {
  description = "All agents and sources, as JSON."
  value       = jsonencode([data.aichatbothub_agents.all.agents, data.aichatbothub_sources.all.sources])
}
