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

# One chatbot for each customer. The key of a customer is part of the address of everything that it has, so no customer depends on another one, or on its
# place in the map.
module "bot" {
  source   = "./bot"
  for_each = var.customers

  name       = each.value.name
  visibility = each.value.visibility
  rate_limit = each.value.rate_limit
  prompt     = templatefile("${path.module}/prompt.md", { name = each.value.name })
  documents  = "${path.module}/customers/${each.key}"
  protect    = each.value.protect
}
