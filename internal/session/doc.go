// Package session implements aichatbothub_session as a resource, data source, list resource and ephemeral resource, and the data source
// aichatbothub_sessions.
package session
