// Package message implements the resource aichatbothub_message, which asks a question and keeps the answer, and the data source
// aichatbothub_messages.
package message
