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

# Each apply changes this chatbot first. Visitors do not use it.
module "staging" {
  source = "./bot"

  name      = "${var.shop} (staging)"
  prompt    = var.prompt
  documents = "${path.module}/${var.documents}"
}

# Asks staging. Each question costs message credits.
resource "aichatbothub_answer_test" "release" {
  chatbot_id = module.staging.chatbot_id
  cases      = var.cases

  # Another prompt or other documents: all cases are asked again.
  triggers = {
    prompt    = module.staging.prompt_sha256
    knowledge = module.staging.revision
  }

  confirm     = var.confirm
  max_credits = var.max_credits
  on_miss     = var.on_miss

  # With on_miss = "warning", this makes the apply fail. A miss that is an error has done so already.
  lifecycle {
    postcondition {
      condition     = self.on_miss == "error" || length(self.missed) == 0
      error_message = "Production is not changed, because these cases missed: ${join(", ", keys(self.missed))}."
    }
  }
}

# The chatbot that visitors use. It is created and updated after all cases have passed. What is removed or replaced does not wait: see README.md.
module "production" {
  source = "./bot"

  name       = var.shop
  prompt     = var.prompt
  documents  = "${path.module}/${var.documents}"
  visibility = "hybrid" # the pages that embed it
  protect    = var.protect

  depends_on = [aichatbothub_answer_test.release]
}
