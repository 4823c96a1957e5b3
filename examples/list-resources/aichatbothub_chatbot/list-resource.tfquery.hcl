# Save this as chatbots.tfquery.hcl beside the configuration and run "terraform query" (Terraform 1.14 or newer).
list "aichatbothub_chatbot" "all" {
  provider = aichatbothub
}

# With include_resource, "terraform query -generate-config-out=generated.tf" writes whole resources to import, and not only ids.
# Terraform lists 100 objects where no limit is written.
list "aichatbothub_chatbot" "public" {
  provider         = aichatbothub
  include_resource = true
  limit            = 500

  config {
    visibility = "public"
    name_regex = "^Support"
  }
}
