// Package source is the slice of the noun source: files, questions and web pages that a chatbot answers from. wait.go has the only
// waiting in the house.
package source
