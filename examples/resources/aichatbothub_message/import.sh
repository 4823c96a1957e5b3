# The id of the session and the id of the message. The data source aichatbothub_messages lists the messages of a session.
terraform import aichatbothub_message.hours 5e551011aa22bb33cc44dd55ee66ff77/fade1a2b3c4d5e6f708192a3b4c5d6e7
