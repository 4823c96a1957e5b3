terraform {
  required_version = ">= 1.11" # ephemeral variables, write-only arguments, functions of providers

  required_providers {
    aichatbothub = {
      source  = "aichatbothub/aichatbothub"
      version = "~> 0.1"
    }
  }
}

# AICHATBOTHUB_API_KEY has the key, and AICHATBOTHUB_BASE_URL the address of another deployment.
provider "aichatbothub" {}

variable "name" {
  description = "The name of the workshop, which visitors read."
  type        = string
  default     = "Canal Bikes"
}

variable "repairs_token" {
  description = "The token of the repair system. Set TF_VAR_repairs_token for each plan and apply."
  type        = string
  sensitive   = true
  ephemeral   = true
}

resource "aichatbothub_chatbot" "workshop" {
  name           = var.name
  visibility     = "hybrid" # web pages embed it; "public" also has a chat page
  show_citations = true

  deletion_protection = true
}

# The agent that the service creates with each chatbot. It is enabled and answers from all sources.
resource "aichatbothub_default_agent" "answers" {
  chatbot_id = aichatbothub_chatbot.workshop.id

  prompt = <<-EOT
    You answer the customers of the bicycle workshop ${var.name}.
    Be brief and friendly. Use the documents only. If they do not say it, say that you do not know.
  EOT
}

# Another agent for a task of its own. The service selects it by its description.
resource "aichatbothub_agent" "repairs" {
  chatbot_id      = aichatbothub_chatbot.workshop.id
  type            = "user-facing"
  name            = "Repairs"
  description     = "The visitor asks whether a repair is ready, or what it costs."
  use_all_sources = true # without it, a new agent has no sources
  prompt          = "Ask for the number of the repair. Look it up before you say anything about it."
}

resource "aichatbothub_tool_function" "find_repair" {
  chatbot_id  = aichatbothub_chatbot.workshop.id
  agent_id    = aichatbothub_agent.repairs.id
  name        = "find_repair"
  description = "Finds a repair by its number, and returns its state and its price."
  url         = "https://repairs.example.com/api/find"
  method      = "POST"

  parameters = jsonencode({
    type       = "object"
    properties = { number = { type = "string", description = "The number of the repair, such as R-1042." } }
    required   = ["number"]
  })

  secret_headers_wo = { Authorization = "Bearer ${var.repairs_token}" } # write-only: not in the state and not in a plan
}

# Hands over to a person. A chatbot has at most one such agent.
resource "aichatbothub_agent" "human" {
  chatbot_id  = aichatbothub_chatbot.workshop.id
  type        = "human-escalation"
  name        = "Human"
  description = "The visitor wants to talk to a person, or complains."

  human_escalation_settings = {
    human_requested_message = "One moment, somebody from the workshop will answer."
    monitored_messages      = ["talk to a person"]
  }
}

# All that the chatbot answers from. A changed document is replaced in place.
resource "aichatbothub_knowledge_base" "workshop" {
  chatbot_id = aichatbothub_chatbot.workshop.id
  folder     = { path = "${path.module}/docs", include = ["**/*.{md,txt,pdf}"] }
  questions  = provider::aichatbothub::faq(file("${path.module}/faq.csv"), "csv")

  lifecycle {
    postcondition { # a document that fails is a warning otherwise
      condition     = length(self.failed) == 0
      error_message = "Not trained: ${join(", ", keys(self.failed))}"
    }
  }
}

# Questions with rules for the answers. A wrong answer makes the apply fail. Each question costs message credits.
resource "aichatbothub_answer_test" "workshop" {
  chatbot_id = aichatbothub_chatbot.workshop.id

  cases = {
    hours  = { ask = ["When are you open on Saturday?"], contains = ["10 to 16"] }
    wheels = { ask = ["How long does a new wheel take?"], contains = ["two days"], cites = ["wheels.md"] }
  }

  triggers = { # all that the answers depend on; without a change of these, nothing is asked
    prompt    = aichatbothub_default_agent.answers.prompt_sha256
    repairs   = aichatbothub_agent.repairs.prompt_sha256
    knowledge = aichatbothub_knowledge_base.workshop.revision
  }

  max_credits = 50
}

output "embed_html" {
  description = "For the pages of the workshop, before </body>. Use it only after the answers were right."
  value       = aichatbothub_chatbot.workshop.embed_html
  depends_on  = [aichatbothub_answer_test.workshop]
}
