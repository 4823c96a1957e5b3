# The id, or the URL of the chatbot's chat page, which ends with it (…/widget/<id>). Dashes and upper case are accepted.
# The data source aichatbothub_chatbots lists the ids of all chatbots.
terraform import aichatbothub_chatbot.support 43474da7ae3b4b7191ee29c2de798257
