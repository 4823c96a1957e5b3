terraform {
  required_version = ">= 1.6"

  required_providers {
    aichatbothub = {
      source  = "aichatbothub/aichatbothub"
      version = "~> 0.1"
    }
  }
}

# Key and address come from AICHATBOTHUB_API_KEY and AICHATBOTHUB_BASE_URL.
provider "aichatbothub" {}

locals {
  # Spreadsheets put a mark in front of the first column's name, which is taken off.
  rows = csvdecode(trimprefix(file("${path.module}/${var.file}"), "\ufeff"))

  # By key, not by position: a row that moves, or gets a neighbour, stays the same source.
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
