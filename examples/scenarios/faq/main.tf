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

locals {
  # Spreadsheets write a byte order mark before the name of the first column. Remove it.
  rows = csvdecode(trimprefix(file("${path.module}/${var.file}"), "\ufeff"))

  # By key, not by position, so that moving or inserting rows does not replace sources.
  faq = { for row in local.rows : row.key => row }
}

resource "aichatbothub_chatbot" "shop" {
  name       = "${var.shop} FAQ"
  visibility = "hybrid"
}

resource "aichatbothub_source" "faq" {
  for_each = local.faq

  chatbot_id = aichatbothub_chatbot.shop.id
  title      = each.key

  qa = {
    question = each.value.question
    answer   = each.value.answer
  }
}
