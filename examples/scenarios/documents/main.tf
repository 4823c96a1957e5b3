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

resource "aichatbothub_chatbot" "handbook" {
  name           = "${var.company} handbook"
  show_citations = true
}

# One source for each document in the folder. Other files, such as .DS_Store, are ignored.
resource "aichatbothub_source" "document" {
  for_each = fileset("${path.module}/${var.folder}", "**/*.{md,txt,pdf,docx}")

  chatbot_id = aichatbothub_chatbot.handbook.id

  file = {
    path = "${path.module}/${var.folder}/${each.key}"
    name = replace(each.key, "/", "-") # with the folders, because file names are unique in a chatbot
  }

  reference_source_link = var.link == null ? null : "${var.link}/${each.key}"
}
