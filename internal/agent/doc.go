// Package agent is the slice of the noun agent: the resource, the default agent that the service creates with every chatbot, and the
// data sources of agents and models.
package agent
