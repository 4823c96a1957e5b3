// Package agent is the slice of the noun agent: the resource, the default agent that every chatbot comes with, and the data sources
// of agents and models.
package agent
