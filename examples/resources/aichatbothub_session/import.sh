# The id of the chatbot and the id of the session. With the id of the session alone, the import searches for its chatbot.
# The data source aichatbothub_sessions lists the ids of a chatbot's sessions.
terraform import aichatbothub_session.monitoring 43474da7ae3b4b7191ee29c2de798257/5e551011aa22bb33cc44dd55ee66ff77
