terraform {
  required_providers {
    aichatbothub = {
      source  = "aichatbothub/aichatbothub"
      version = "~> 0.1"
    }
  }
}

variable "name" {
  type = string
}

variable "prompt" {
  type = string
}

variable "questions" {
  type = map(string)
}

resource "aichatbothub_chatbot" "bot" {
  name = var.name
}

resource "aichatbothub_default_agent" "answers" {
  chatbot_id = aichatbothub_chatbot.bot.id
  prompt     = var.prompt
}

resource "aichatbothub_agent" "orders" {
  chatbot_id = aichatbothub_chatbot.bot.id
  type       = "user-facing"
  name       = "Orders"
  prompt     = var.prompt
  source_ids = values(aichatbothub_knowledge_base.bot.source_ids)
}

resource "aichatbothub_tool_function" "find_order" {
  chatbot_id  = aichatbothub_chatbot.bot.id
  agent_id    = aichatbothub_agent.orders.id
  name        = "find_order"
  description = "Finds an order by its number."
  url         = "https://shop.example.com/api/orders"
}

resource "aichatbothub_knowledge_base" "bot" {
  chatbot_id = aichatbothub_chatbot.bot.id
  questions  = var.questions

  lifecycle {
    postcondition {
      condition     = length(self.failed) == 0
      error_message = "Not trained: ${join(", ", keys(self.failed))}"
    }
  }
}

resource "aichatbothub_source_tag" "faq" {
  chatbot_id = aichatbothub_chatbot.bot.id
  name       = "faq"
  color      = "#0071F9"
  source_ids = values(aichatbothub_knowledge_base.bot.source_ids)
}
