data "aichatbothub_chatbot" "support" {
  name = "Support"
}

data "aichatbothub_agent" "general" {
  chatbot_id = data.aichatbothub_chatbot.support.id
  name       = "General Q&A"
}

data "aichatbothub_tool_functions" "general" {
  chatbot_id = data.aichatbothub_chatbot.support.id
  agent_id   = data.aichatbothub_agent.general.id
}

# The functions of the agent and their URLs. Headers whose names look like credentials are not included.
output "calls" {
  value = {
    for f in data.aichatbothub_tool_functions.general.tool_functions : f.name => "${f.method} ${f.url}"
    if f.enabled
  }
}
