// Package session is the slice of the noun session: the resource, the data sources and the ephemeral resource of the conversations with a
// chatbot.
package session
