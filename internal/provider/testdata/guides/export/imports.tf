# What the first apply imports. Delete this file afterwards.

data "aichatbothub_chatbot" "shop" {
  name = "Shop"
}

data "aichatbothub_agents" "shop" {
  chatbot_id = data.aichatbothub_chatbot.shop.id
}

data "aichatbothub_tool_functions" "orders" {
  chatbot_id = data.aichatbothub_chatbot.shop.id
  agent_id   = local.agents["Orders"]
}

locals {
  chatbot   = data.aichatbothub_chatbot.shop.id
  agents    = { for agent in data.aichatbothub_agents.shop.agents : agent.name => agent.id }
  functions = { for function in data.aichatbothub_tool_functions.orders.tool_functions : function.name => function.id }
}

import {
  to = aichatbothub_chatbot.shop
  id = local.chatbot
}

import {
  to = aichatbothub_default_agent.shop
  id = "${local.chatbot}/${local.agents["General Q&A"]}"
}

import {
  to = aichatbothub_agent.orders
  id = "${local.chatbot}/${local.agents["Orders"]}"
}

import {
  to = aichatbothub_tool_function.find_order
  id = "${local.chatbot}/${local.agents["Orders"]}/${local.functions["find_order"]}"
}
