data "aichatbothub_chatbot" "support" {
  name = "Support"
}

# The tags whose name starts with "team-". Omit name_regex for all tags.
data "aichatbothub_source_tags" "teams" {
  chatbot_id = data.aichatbothub_chatbot.support.id
  name_regex = "^team-"
}

output "sources_per_team" {
  value = {
    for tag in data.aichatbothub_source_tags.teams.source_tags : tag.name => length(tag.source_ids)
  }
}
