// Package hub is AI Chatbot Hub in Go: a client for the HTTP API that app.aichatbothub.com shares with every GPT-trainer white label.
//
// It knows nothing of Terraform except the logger. One function, call, speaks HTTP; a file per noun holds the wire types and
// methods of one line each. What a request may do to the service (read, write again, create) is stated where its route is written,
// and the retry rules follow from that alone.
package hub
