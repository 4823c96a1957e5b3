# Everything here is changed in place, so that production can wait for the answer test. There is no data source: it would be read during the
# apply, and everything that uses it would show as changing.

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
  show_citations = true # some deployments return citations only then, and the cases expect some

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
    include = ["**/*.{md,txt}"]
  }

  # Nothing is asked while a document of staging is not trained.
  lifecycle {
    postcondition {
      condition     = length(self.failed) == 0
      error_message = "Not trained: ${join(", ", keys(self.failed))}"
    }
  }
}
