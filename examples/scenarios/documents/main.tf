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

resource "aichatbothub_chatbot" "handbook" {
  name           = "${var.company} handbook"
  show_citations = true
}

# One source for each file of the folder. What else lies there, such as .DS_Store, is left out.
resource "aichatbothub_source" "document" {
  for_each = fileset("${path.module}/${var.folder}", "**/*.{md,txt,pdf,docx}")

  chatbot_id = aichatbothub_chatbot.handbook.id

  file = {
    path = "${path.module}/${var.folder}/${each.key}"
    name = replace(each.key, "/", "-") # with the folders: a chatbot has no two files of one name
  }

  reference_source_link = var.link == null ? null : "${var.link}/${each.key}"
}
