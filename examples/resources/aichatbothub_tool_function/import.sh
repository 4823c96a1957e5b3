# The id of the chatbot, the id of its agent, and the id of the tool function. The data source aichatbothub_tool_functions lists the ids of an
# agent's tool functions.
terraform import aichatbothub_tool_function.find_order 43474da7ae3b4b7191ee29c2de798257/9f1c2b3a4d5e6f708192a3b4c5d6e7f8/5d2a6c91e07f48b3a64c1f0e9b7d3852
