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

resource "aichatbothub_chatbot" "shop" {
  name           = "${var.shop} catalog"
  show_citations = true
}

# One source for each document in the folder. Other files, such as images, are ignored.
resource "aichatbothub_source" "document" {
  for_each = fileset("${path.module}/docs", "**/*.{md,txt,pdf,docx}")

  chatbot_id = aichatbothub_chatbot.shop.id

  file = {
    path = "${path.module}/docs/${each.key}"
    name = replace(each.key, "/", "-") # with the folders, because file names are unique in a chatbot
  }
}

# One source for each question, with its key as the title. By key, not by position, so that moving a question replaces nothing.
resource "aichatbothub_source" "question" {
  for_each = var.questions

  chatbot_id = aichatbothub_chatbot.shop.id
  title      = each.key
  qa         = each.value
}

# One source for each page. Citations link to another address than the one that the service fetches.
resource "aichatbothub_source" "page" {
  for_each = var.pages

  chatbot_id            = aichatbothub_chatbot.shop.id
  url                   = each.key
  reference_source_link = each.value
  wait_for_training     = var.wait

  timeouts = {
    create = "15m"
    update = "15m"
  }
}
