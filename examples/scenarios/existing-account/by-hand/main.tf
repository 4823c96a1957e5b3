# Makes what somebody has made in the web app, to test this scenario and to try it without an account. It is no part of a real takeover.

terraform {
  required_providers {
    aichatbothub = {
      source  = "aichatbothub/aichatbothub"
      version = "~> 0.1"
    }
  }
}

locals {
  names = { shop = "Northwind Books support", wholesale = "Northwind Books wholesale" }
}

resource "aichatbothub_chatbot" "by_hand" {
  for_each = local.names

  name       = each.value
  visibility = each.key == "shop" ? "hybrid" : "private"

  rate_limit         = each.key == "wholesale" ? { messages = 100, seconds = 300 } : null
  rate_limit_message = each.key == "wholesale" ? "Please wait a moment." : null
}

resource "aichatbothub_default_agent" "by_hand" {
  for_each = local.names

  chatbot_id = aichatbothub_chatbot.by_hand[each.key].id
  prompt     = file("${path.module}/../prompts/${each.key}.md")
}

resource "aichatbothub_source" "by_hand" {
  for_each = merge([for key in keys(local.names) : {
    for question, answer in provider::aichatbothub::faq(file("${path.module}/../faq/${key}.csv"), "csv") : "${key}: ${question}" => {
      bot = key, question = question, answer = answer
    }
  }]...)

  chatbot_id = aichatbothub_chatbot.by_hand[each.value.bot].id
  qa         = { question = each.value.question, answer = each.value.answer }
}
