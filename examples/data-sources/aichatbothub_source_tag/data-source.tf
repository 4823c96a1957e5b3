data "aichatbothub_chatbot" "support" {
  name = "Support"
}

data "aichatbothub_source_tag" "policies" {
  chatbot_id = data.aichatbothub_chatbot.support.id
  name       = "Policies"
}

output "sources_with_the_tag" {
  value = data.aichatbothub_source_tag.policies.source_ids
}
