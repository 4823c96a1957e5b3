variable "chatbot_id" {
  type        = string
  description = "The id of the chatbot."
}

variable "site_version" {
  type        = string
  description = "Changes when the pages of the site have changed."
  default     = "2026-01-31"
}

# By hand, or every night in CI:
#
#   terraform apply -invoke=action.aichatbothub_retrain.nightly
action "aichatbothub_retrain" "nightly" {
  config {
    chatbot_id = var.chatbot_id
    type       = "link"
  }
}

# The sources whose training failed, without a wait:
#
#   terraform apply -invoke=action.aichatbothub_retrain.failed
action "aichatbothub_retrain" "failed" {
  config {
    chatbot_id  = var.chatbot_id
    failed_only = true
    wait        = false
  }
}

# In an apply in which the version of the site changes. The action does not read
# the resource that triggers it.
resource "terraform_data" "site" {
  input = var.site_version

  lifecycle {
    action_trigger {
      events  = [after_create, after_update]
      actions = [action.aichatbothub_retrain.nightly]
    }
  }
}
