# The chatbot of one customer.

terraform {
  required_providers {
    aichatbothub = {
      source  = "aichatbothub/aichatbothub"
      version = "~> 0.1"
    }
  }
}

resource "aichatbothub_chatbot" "bot" {
  name           = var.name
  visibility     = var.visibility
  rate_limit     = var.rate_limit
  show_citations = true

  deletion_protection = var.protect
}

# The agent that the service creates with each chatbot answers from all sources.
resource "aichatbothub_default_agent" "bot" {
  chatbot_id = aichatbothub_chatbot.bot.id
  prompt     = var.prompt
}

resource "aichatbothub_knowledge_base" "bot" {
  chatbot_id = aichatbothub_chatbot.bot.id

  folder = {
    path    = var.documents
    include = ["**/*.{md,txt,pdf,docx}"]
  }

  # A part of the create that fails is a warning, so that Terraform does not delete and upload everything again. This makes the run fail.
  lifecycle {
    postcondition {
      condition     = length(self.failed) == 0
      error_message = "Not trained for ${var.name}: ${join(", ", [for document, reason in self.failed : "${document}: ${reason}"])}"
    }
  }
}
