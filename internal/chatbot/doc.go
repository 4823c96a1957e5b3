// Package chatbot is the slice of the noun chatbot: the resource and both data sources.
package chatbot
