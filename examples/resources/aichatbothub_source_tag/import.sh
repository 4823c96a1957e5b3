# The id of the chatbot and the id of the source tag. The data source aichatbothub_source_tags lists the ids of a chatbot's source tags.
terraform import aichatbothub_source_tag.policies 43474da7ae3b4b7191ee29c2de798257/c0ffee1a2b3c4d5e8f90a1b2c3d4e5f6
