# The tags whose name starts with "team-", in all chatbots.
list "aichatbothub_source_tag" "teams" {
  provider         = aichatbothub
  include_resource = true

  config {
    name_regex = "^team-"
  }
}
