terraform {
  required_version = ">= 1.8" # for mocks in tests

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

# The service fetches each page and trains it. A new release of the site fetches all pages again, in place.
resource "aichatbothub_source" "page" {
  for_each = var.pages

  chatbot_id        = aichatbothub_chatbot.site.id
  url               = each.value
  wait_for_training = var.wait

  retrain_triggers = {
    release = var.release
  }

  timeouts = {
    create = "15m"
    update = "15m"
  }
}

# Every plan and apply warns about pages that are not trained, including those whose training failed later.
check "every_page_is_trained" {
  assert {
    condition     = alltrue([for page in aichatbothub_source.page : page.trained])
    error_message = "Not trained: ${join(", ", [for url, page in aichatbothub_source.page : "${url} (${page.status})" if !page.trained])}."
  }
}
