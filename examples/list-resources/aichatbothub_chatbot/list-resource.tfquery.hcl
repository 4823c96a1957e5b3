# Save this as chatbots.tfquery.hcl beside the configuration and run "terraform query" (Terraform 1.14 or newer).
list "aichatbothub_chatbot" "all" {
  provider = aichatbothub
}

# With include_resource, "terraform query -generate-config-out=generated.tf" writes complete resources to import, not only ids.
# Without a limit, Terraform lists 100 objects.
list "aichatbothub_chatbot" "public" {
  provider         = aichatbothub
  include_resource = true
  limit            = 500

  config {
    visibility = "public"
    name_regex = "^Support"
  }
}
