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

resource "aichatbothub_chatbot" "site" {
  name           = "${var.site} guide"
  visibility     = "hybrid"
  show_citations = true
}

# The service fetches each page and trains it. A new release of the site, or the age of a page, has it fetched again, in place.
resource "aichatbothub_knowledge_base" "site" {
  chatbot_id        = aichatbothub_chatbot.site.id
  pages             = var.pages
  pages_max_age     = var.max_age
  wait_for_training = var.wait

  retrain_triggers = {
    release = var.release
  }

  timeouts = {
    create = "15m"
    update = "15m"
  }

  # A part of the create that fails is a warning, so that Terraform does not delete and upload everything again. This makes the run fail.
  lifecycle {
    postcondition {
      condition     = length(self.failed) == 0
      error_message = "Not trained: ${join(", ", [for document, reason in self.failed : "${document}: ${reason}"])}"
    }
  }
}

# Every plan and apply warns until all pages are trained, and again when the training of one fails later.
check "every_page_is_trained" {
  assert {
    condition     = aichatbothub_knowledge_base.site.trained
    error_message = length(aichatbothub_knowledge_base.site.failed) == 0 ? "Some pages are not trained yet." : "Not trained: ${join(", ", keys(aichatbothub_knowledge_base.site.failed))}."
  }
}
