// Package source implements aichatbothub_source as a resource, data source and list resource, and the data source aichatbothub_sources. A
// source is a file, a question or a web page that a chatbot answers from.
package source
