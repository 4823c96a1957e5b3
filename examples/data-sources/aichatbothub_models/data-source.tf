data "aichatbothub_models" "all" {}

# The cheapest models, for example for the validation of a variable.
output "cheap_models" {
  value = [for m in data.aichatbothub_models.all.models : m.name if m.credits_per_message != null && m.credits_per_message <= 1]
}
