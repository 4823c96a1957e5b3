# The id of the chatbot and the id of the source. The data source aichatbothub_sources lists the ids of a chatbot's sources.
terraform import aichatbothub_source.returns 43474da7ae3b4b7191ee29c2de798257/8e5d9a7c1b2f4063a4e8d7c6b5a49382
