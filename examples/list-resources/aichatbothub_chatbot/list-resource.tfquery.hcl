# All chatbots, with their ids.
list "aichatbothub_chatbot" "all" {
  provider = aichatbothub
}

# With include_resource, the results of "terraform query -json" have all attributes, and not only ids. A generated configuration has them in
# any case. Without a limit, Terraform lists 100 objects.
list "aichatbothub_chatbot" "public" {
  provider         = aichatbothub
  include_resource = true
  limit            = 500

  config {
    visibility = "public"
    name_regex = "^Support"
  }
}
