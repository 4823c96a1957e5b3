package mockhub

import (
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"strings"
	"time"
)

// sessionAddress is the ip_address of sessions. It is reserved for documentation (RFC 5737).
const sessionAddress = "192.0.2.1"

// Session is a stored session (api.md §3).
type Session struct {
	UUID, ChatbotUUID string
	// InitialVariables has strings, numbers (float64) and booleans by name.
	InitialVariables map[string]any
	// IPAddress is the address of the visitor.
	IPAddress string
	// User describes the signed-in visitor: meta.user in answers, if it is not nil. It consists of maps, lists and scalars as in JSON.
	User any
	// Ended is true if messages are refused. The session can still be read. It is not in answers.
	Ended                 bool
	CreatedAt, ModifiedAt time.Time
}

// clone returns a copy that shares no memory with s.
func (s Session) clone() Session {
	s.InitialVariables = maps.Clone(s.InitialVariables)
	return s
}

func sessionRoutes() []route {
	return []route{
		{method: http.MethodPost, path: "/chatbot/{uuid}/session/create", body: readObjectOrNothing, serve: (*Hub).createSession},
		{method: http.MethodGet, path: "/session/{uuid}", serve: (*Hub).fetchSession},
		{
			method: http.MethodGet, path: "/chatbot/{uuid}/sessions", query: []string{"start_timestamp", "end_timestamp"},
			serve: (*Hub).listSessions,
		},
		{method: http.MethodPost, path: "/session/{uuid}/delete", serve: (*Hub).deleteSession},
	}
}

// readObjectOrNothing reads a body that must be a JSON object or empty.
func readObjectOrNothing(c *call, r *http.Request) {
	if readAny(c, r); c.refusal != nil {
		return
	}
	if len(c.raw) == 0 {
		c.body = &object{}
		return
	}
	r.Body = io.NopCloser(bytes.NewReader(c.raw))
	readObject(c, r)
}

func (h *Hub) createSession(c *call) answer {
	if _, found := h.store.Chatbots.get(c.id); !found {
		return h.chatbotNotFound(c)
	}
	s := newSession(c.now, c.id)
	s.read(c)
	if len(c.body.problems) > 0 {
		return invalid(c.body.problems...)
	}
	h.store.Sessions.put(c.now, s.UUID, s)
	out := s.render(c.quirks)
	delete(out, "meta") // only answers to reads have it (api.md §3)
	return ok(out)
}

// newSession returns a new session of a chatbot.
func newSession(now time.Time, chatbotUUID string) Session {
	now = now.Truncate(time.Second)
	return Session{UUID: newUUID(), ChatbotUUID: chatbotUUID, IPAddress: sessionAddress, CreatedAt: now, ModifiedAt: now}
}

func (h *Hub) fetchSession(c *call) answer {
	s, found := h.store.Sessions.get(c.id)
	if !found {
		return h.sessionNotFound(c)
	}
	return ok(s.render(c.quirks))
}

func (h *Hub) listSessions(c *call) answer {
	if _, found := h.store.Chatbots.get(c.id); !found {
		return h.chatbotNotFound(c)
	}
	start, problems := c.timeParameter("start_timestamp")
	end, more := c.timeParameter("end_timestamp")
	if problems = append(problems, more...); len(problems) > 0 {
		return invalid(problems...)
	}
	if c.quirks.SessionsIgnoreTimes {
		start, end = time.Time{}, time.Time{}
	}
	out := []any{}
	for _, s := range h.store.Sessions.list(c, func(s Session) bool { return s.ChatbotUUID == c.id }) {
		if (start.IsZero() || !s.CreatedAt.Before(start)) && (end.IsZero() || !s.CreatedAt.After(end)) {
			out = append(out, s.render(c.quirks))
		}
	}
	return ok(out)
}

// timeParameter reads a query parameter with a time in the format of api.md §2. It returns the zero time if the parameter is
// absent.
func (c *call) timeParameter(key string) (time.Time, []problem) {
	const form = "2006-01-02T15:04:05.000Z"
	values, found := c.query[key]
	if !found {
		return time.Time{}, nil
	}
	t, err := time.Parse(form, values[0])
	// time.Parse also accepts a comma instead of the decimal point.
	if err != nil || len(values) > 1 || t.Format(form) != values[0] {
		return time.Time{}, []problem{{[]any{key}, "invalid datetime format", "value_error.datetime"}}
	}
	return t, nil
}

func (h *Hub) deleteSession(c *call) answer {
	return deleteOne(c, &h.store.Sessions, "session", h.store.removeSession)
}

// removeSession removes a session and its messages.
func (s *store) removeSession(now time.Time, uuid string) bool {
	if !s.Sessions.remove(now, uuid) {
		return false
	}
	s.Messages.removeWhere(now, func(m Message) bool { return m.SessionUUID == uuid })
	return true
}

func (h *Hub) sessionNotFound(c *call) answer {
	return notFound(c, "session", h.store.Sessions.existed(c.id))
}

// read reads the body of a request into s.
func (s *Session) read(c *call) {
	c.body.allowOnly("initial_variables")
	c.body.object("initial_variables", func(o *object) {
		s.InitialVariables = map[string]any{}
		for name := range o.fields {
			raw, found := o.value(name)
			if !found {
				continue
			}
			var value any
			_ = json.Unmarshal(raw, &value) // raw is valid JSON (parseObject)
			switch v := value.(type) {
			case string:
				s.InitialVariables[name] = c.trim(v)
			case float64, bool:
				s.InitialVariables[name] = v
			default:
				o.addProblem("str, float or bool expected", "type_error.scalar", name)
			}
		}
	})
}

// render is the session in an answer to a read.
func (s Session) render(q Quirks) map[string]any {
	out := map[string]any{"uuid": s.UUID, "created_at": formatTime(s.CreatedAt), "modified_at": formatTime(s.ModifiedAt)}
	if q.SessionEcho {
		out["initial_variables"] = s.renderVariables(q)
		meta := map[string]any{}
		if s.User != nil {
			meta["user"] = json.RawMessage(encodeJSON(s.User)) // the quirks do not apply to the caller's values
		}
		out["ip_address"], out["meta"] = s.IPAddress, meta
	}
	return out
}

// renderVariables is raw JSON, because the quirks of numbers and extra fields do not apply to the caller's values.
func (s Session) renderVariables(q Quirks) json.RawMessage {
	out := map[string]any{}
	for name, value := range s.InitialVariables {
		if text, found := value.(string); found && q.SessionVariablesTyped {
			value = parseScalar(text)
		}
		out[name] = value
	}
	return encodeJSON(out)
}

// parseScalar returns the JSON number or boolean that a text is the form of, or else the text.
func parseScalar(text string) any {
	var value any
	if json.Unmarshal([]byte(text), &value) != nil || strings.TrimSpace(text) != text {
		return text
	}
	switch value.(type) {
	case float64, bool:
		return json.RawMessage(text)
	}
	return text
}
