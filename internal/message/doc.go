// Package message is the slice of the noun message: the resource that asks a question and keeps the answer, and the data source of a
// session's conversation.
package message
