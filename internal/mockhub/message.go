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
	// Pending is true while the answer is not complete (Quirks.MessageStoredFirst).
	Pending               bool
	CreatedAt, ModifiedAt time.Time
}

// Citation is a source that an answer cites (api.md §3). Key is its key in cite_data_json, such as 3.4. Type is the type of
// the source.
type Citation struct{ Key, DataSourceUUID, Title, Text, FileName, Type string }

// clone returns a copy that shares no memory with m.
func (m Message) clone() Message {
	m.Citations = slices.Clone(m.Citations)
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

// render is the message as an item of a list.
func (m Message) render(q Quirks) map[string]any {
	out := map[string]any{
		"uuid": m.UUID, "query": m.Query, "response": m.Response, "finish_reason": m.FinishReason, "meta_json": "{}",
		"created_at": formatTime(m.CreatedAt), "modified_at": formatTime(m.ModifiedAt),
	}
	if m.Pending {
		out["finish_reason"] = nil
	}
	m.renderCitations(out, q)
	if q.MessageFull {
		out["background_pending_tasks"], out["detected_frustrations"] = []any{}, []any{}
		out["labels"], out["session_documents"] = []any{}, []any{}
		out["feedback_json"], out["ai_context_json"] = "{}", "{}"
		out["error_message"] = ""
	}
	switch {
	case m.ErrorMessage != "":
		out["error_message"] = m.ErrorMessage
	case q.MessageErrorNull:
		out["error_message"] = nil
	}
	return out
}

// renderCitations adds cite_data_json to an answer: JSON in a string (api.md §3).
func (m Message) renderCitations(out map[string]any, q Quirks) {
	const key = "cite_data_json"
	if len(m.Citations) == 0 && q.CiteDataEmpty != "" {
		switch q.CiteDataEmpty {
		case "null":
			out[key] = nil
		case "empty":
			out[key] = ""
		}
		return
	}
	cited := map[string]map[string]string{}
	for _, cite := range m.Citations {
		cited[cite.Key] = map[string]string{
			"data_source_uuid": cite.DataSourceUUID, "title": cite.Title, "text": cite.Text, "file_name": cite.FileName, "type": cite.Type,
		}
	}
	out[key] = string(encodeJSON(cited))
}
