// Package snapshot is the data source aichatbothub_chatbot_snapshot, and the document that it returns: what the answers of a chatbot depend on, in a
// form that can be compared with that of another chatbot.
package snapshot
