# What the first apply imports. Delete this file afterwards. It finds the objects by their names, so that no id has to be copied.

locals {
  existing = var.import_existing ? var.chatbots : {}
}

data "aichatbothub_chatbot" "existing" {
  for_each = local.existing

  name = each.value.name
}

data "aichatbothub_agent" "existing" {
  for_each = local.existing

  chatbot_id = data.aichatbothub_chatbot.existing[each.key].id
  name       = each.value.default_agent
}

import {
  for_each = local.existing

  to = aichatbothub_chatbot.bot[each.key]
  id = data.aichatbothub_chatbot.existing[each.key].id
}

import {
  for_each = local.existing

  to = aichatbothub_default_agent.bot[each.key]
  id = "${data.aichatbothub_chatbot.existing[each.key].id}/${data.aichatbothub_agent.existing[each.key].id}"
}
