resource "aichatbothub_chatbot" "support" {
  name = "Support"
}

# Opened when Terraform runs and deleted at the end. The id is neither in the state nor in the plan.
ephemeral "aichatbothub_session" "trial" {
  chatbot_id = aichatbothub_chatbot.support.id
  initial_variables = {
    tier = "gold"
  }
}

# Runs when the chatbot is created. Replace echo with a program that tests the chatbot.
resource "terraform_data" "trial" {
  triggers_replace = aichatbothub_chatbot.support.id

  provisioner "local-exec" {
    command = "echo Trying the session in SESSION_ID"
    environment = {
      SESSION_ID = ephemeral.aichatbothub_session.trial.id
    }
  }
}
