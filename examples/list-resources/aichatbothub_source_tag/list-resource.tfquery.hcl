# The tags that belong to teams, in all chatbots.
list "aichatbothub_source_tag" "teams" {
  provider         = aichatbothub
  include_resource = true

  config {
    name_regex = "^team-"
  }
}
