package mockhub

import (
	"net/http"
	"slices"
	"strings"
	"time"
)

// Message is a stored message: one question and its answer (api.md §3).
type Message struct {
	UUID, SessionUUID, Query, Response string
	// FinishReason is stop or length, or "" with an ErrorMessage.
	FinishReason, ErrorMessage string
	Citations                  []Citation
	// Labels are the names of the labels that somebody gave to the conversation.
	Labels []string
	// FeedbackJSON is JSON in a string, and DetectedFrustrations a text. Each is null in answers if it is "".
	FeedbackJSON, DetectedFrustrations string
	// BackgroundPendingTasks is the number of tasks of background agents that have not ended.
	BackgroundPendingTasks int
	// CalledFunctions are the names of the tool functions that were called for the answer.
	CalledFunctions []string
	// SessionDocuments are the uuids of the documents that the question was sent with.
	SessionDocuments []string
	// MetaJSON is meta_json. "" means JSON with token counts and the called functions.
	MetaJSON string
	// Pending is true while the answer is not complete (Quirks.MessageStoredFirst).
	Pending               bool
	CreatedAt, ModifiedAt time.Time
}

// Citation is a source that an answer cites (api.md §3). Key is its key in cite_data_json, such as 3.4. Type is the type of
// the source.
type Citation struct{ Key, DataSourceUUID, Title, Text, FileName, Type string }

// clone returns a copy that shares no memory with m.
func (m Message) clone() Message {
	m.Citations, m.Labels = slices.Clone(m.Citations), slices.Clone(m.Labels)
	m.CalledFunctions, m.SessionDocuments = slices.Clone(m.CalledFunctions), slices.Clone(m.SessionDocuments)
	return m
}

func messageRoutes() []route {
	return []route{
		{method: http.MethodPost, path: "/session/{uuid}/message/stream", body: readObject, serve: (*Hub).streamMessage},
		{method: http.MethodPost, path: "/session/{uuid}/message/non-stream", body: readObject, serve: (*Hub).sendMessage},
		{method: http.MethodGet, path: "/session/{uuid}/messages", serve: (*Hub).listMessages},
		{method: http.MethodGet, path: "/session/{uuid}/messages/plain-text", serve: (*Hub).fetchTranscript},
		{method: http.MethodPost, path: "/message/{uuid}/delete", serve: (*Hub).deleteMessage},
		{method: http.MethodPost, path: "/messages/delete", body: readObject, serve: (*Hub).deleteMessages},
	}
}

func (h *Hub) listMessages(c *call) answer {
	if _, found := h.store.Sessions.get(c.id); !found {
		return h.sessionNotFound(c)
	}
	out := []any{}
	for _, m := range h.store.Messages.list(c, func(m Message) bool { return m.SessionUUID == c.id }) {
		out = append(out, m.render(c.quirks))
	}
	return ok(out)
}

// fetchTranscript answers the messages as text whose lines begin with User: and Assistant: (api.md §2). What is between the messages is not
// documented.
func (h *Hub) fetchTranscript(c *call) answer {
	if c.quirks.TranscriptMissing != "" {
		return noEndpoint(c.quirks, c.quirks.TranscriptMissing)
	}
	if _, found := h.store.Sessions.get(c.id); !found {
		return h.sessionNotFound(c)
	}
	var b strings.Builder
	for _, m := range h.store.Messages.all(func(m Message) bool { return m.SessionUUID == c.id }) {
		b.WriteString("User: " + m.Query + "\nAssistant: " + m.Response + "\n\n")
	}
	switch c.quirks.TranscriptJSON {
	case "json":
		return answer{status: http.StatusOK, contentType: jsonType, plain: encodeJSON(b.String())}
	case "text":
		return answer{status: http.StatusOK, contentType: textType, plain: append(encodeJSON(b.String()), '\n')}
	}
	return answer{status: http.StatusOK, contentType: textType, plain: []byte(b.String())}
}

func (h *Hub) deleteMessage(c *call) answer {
	return deleteOne(c, &h.store.Messages, "message", h.store.Messages.remove)
}

func (h *Hub) deleteMessages(c *call) answer {
	return deleteBulk(c, &h.store.Messages, "message", func(uuid string) { h.store.Messages.remove(c.now, uuid) })
}
