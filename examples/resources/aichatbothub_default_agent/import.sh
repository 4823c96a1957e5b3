# The id of the chatbot and the id of the agent. The data source aichatbothub_agents lists the ids of a chatbot's agents.
terraform import aichatbothub_default_agent.support 43474da7ae3b4b7191ee29c2de798257/9f1c2b3a4d5e6f708192a3b4c5d6e7f8
