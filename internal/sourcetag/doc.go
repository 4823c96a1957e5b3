// Package sourcetag is the slice of the noun source tag: the resource and the data sources of the labels on a chatbot's sources.
package sourcetag
