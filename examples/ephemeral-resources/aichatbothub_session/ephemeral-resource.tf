resource "aichatbothub_chatbot" "support" {
  name = "Support"
}

# Open while Terraform runs, then deleted. No state and no plan has its id.
ephemeral "aichatbothub_session" "trial" {
  chatbot_id = aichatbothub_chatbot.support.id
  initial_variables = {
    tier = "gold"
  }
}

# Runs when the chatbot is new. Put the program that tries it out in the place of echo.
resource "terraform_data" "trial" {
  triggers_replace = aichatbothub_chatbot.support.id

  provisioner "local-exec" {
    command = "echo Trying the session in SESSION_ID"
    environment = {
      SESSION_ID = ephemeral.aichatbothub_session.trial.id
    }
  }
}
