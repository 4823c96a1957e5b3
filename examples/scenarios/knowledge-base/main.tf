terraform {
  required_version = ">= 1.11"

  required_providers {
    aichatbothub = {
      source  = "aichatbothub/aichatbothub"
      version = "~> 0.1"
    }
  }
}

# The key and the address are read from AICHATBOTHUB_API_KEY and AICHATBOTHUB_BASE_URL.
provider "aichatbothub" {}

resource "aichatbothub_chatbot" "handbook" {
  name           = "${var.company} handbook"
  show_citations = true
}

# All documents of the folder. Other files, such as images, are ignored. Files in different folders can have the same name.
resource "aichatbothub_knowledge_base" "handbook" {
  chatbot_id = aichatbothub_chatbot.handbook.id

  folder = {
    path        = "${path.module}/${var.folder}"
    include     = ["**/*.{md,txt,pdf,docx}"]
    link_prefix = var.link == null ? null : "${trimsuffix(var.link, "/")}/"
  }

  # A part of the create that fails is a warning, so that Terraform does not delete and upload everything again. This makes the run fail.
  lifecycle {
    postcondition {
      condition     = length(self.failed) == 0
      error_message = "Not trained: ${join(", ", [for document, reason in self.failed : "${document}: ${reason}"])}"
    }
  }
}
