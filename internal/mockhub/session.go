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

// sessionAddress is the ip_address of sessions: one of those that no machine has.
const sessionAddress = "192.0.2.1"

// Session is a stored session (api.md §3).
type Session struct {
	UUID, ChatbotUUID string
	// InitialVariables are texts, numbers (float64) and booleans by name.
	InitialVariables map[string]any
	// IPAddress is that of the visitor.
	IPAddress string
	// Ended sessions are still there but take no messages. No answer shows it.
	Ended                 bool
	CreatedAt, ModifiedAt time.Time
}

// clone returns a copy that shares nothing with s.
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

// readObjectOrNothing reads a body that is a JSON object, or not there.
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
	if _, is := h.store.Chatbots.get(c.id); !is {
		return h.noChatbot(c)
	}
	s := newSession(c.now, c.id)
	s.read(c)
	if len(c.body.problems) > 0 {
		return invalid(c.body.problems...)
	}
	h.store.Sessions.put(c.now, s.UUID, s)
	out := s.render(c.quirks)
	delete(out, "meta") // reads alone have it (api.md §3)
	return ok(out)
}

// newSession is a session that a visitor of a chatbot opens.
func newSession(now time.Time, chatbotUUID string) Session {
	now = now.Truncate(time.Second)
	return Session{UUID: newUUID(), ChatbotUUID: chatbotUUID, IPAddress: sessionAddress, CreatedAt: now, ModifiedAt: now}
}

func (h *Hub) fetchSession(c *call) answer {
	s, is := h.store.Sessions.get(c.id)
	if !is {
		return h.noSession(c)
	}
	return ok(s.render(c.quirks))
}

func (h *Hub) listSessions(c *call) answer {
	if _, is := h.store.Chatbots.get(c.id); !is {
		return h.noChatbot(c)
	}
	start, problems := c.moment("start_timestamp")
	end, more := c.moment("end_timestamp")
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

// moment reads a query parameter that is a time; it is zero when there is none. Only the form in api.md §2 will do.
func (c *call) moment(key string) (time.Time, []problem) {
	const form = "2006-01-02T15:04:05.000Z"
	values, is := c.query[key]
	if !is {
		return time.Time{}, nil
	}
	t, err := time.Parse(form, values[0])
	// time.Parse also takes a comma for the point.
	if err != nil || len(values) > 1 || t.Format(form) != values[0] {
		return time.Time{}, []problem{{[]any{key}, "invalid datetime format", "value_error.datetime"}}
	}
	return t, nil
}

func (h *Hub) deleteSession(c *call) answer {
	if h.store.removeSession(c.now, c.id) {
		return success()
	}
	if c.quirks.SecondDeleteSucceeds && h.store.Sessions.had(c.id) {
		return success()
	}
	return h.noSession(c)
}

// removeSession removes a session and its messages.
func (s *store) removeSession(now time.Time, uuid string) bool {
	if !s.Sessions.remove(now, uuid) {
		return false
	}
	s.Messages.removeWhere(now, func(m Message) bool { return m.SessionUUID == uuid })
	return true
}

func (h *Hub) noSession(c *call) answer { return missing(c, "session", h.store.Sessions.had(c.id)) }

// read puts what the request's body says into s.
func (s *Session) read(c *call) {
	c.body.only("initial_variables")
	c.body.object("initial_variables", func(o *object) {
		s.InitialVariables = map[string]any{}
		for name := range o.fields {
			raw, is := o.value(name)
			if !is {
				continue
			}
			var value any
			_ = json.Unmarshal(raw, &value) // parseObject has seen to it that it is JSON
			switch v := value.(type) {
			case string:
				s.InitialVariables[name] = c.trim(v)
			case float64, bool:
				s.InitialVariables[name] = v
			default:
				o.add("str, float or bool expected", "type_error.scalar", name)
			}
		}
	})
}

// render is the session in an answer to a read.
func (s Session) render(q Quirks) map[string]any {
	out := map[string]any{"uuid": s.UUID, "created_at": stamp(s.CreatedAt), "modified_at": stamp(s.ModifiedAt)}
	if q.SessionEcho {
		out["initial_variables"] = s.renderVariables(q)
		out["ip_address"], out["meta"] = s.IPAddress, map[string]any{}
	}
	return out
}

// renderVariables are the caller's own: the quirks about numbers and extra fields leave them alone.
func (s Session) renderVariables(q Quirks) json.RawMessage {
	out := map[string]any{}
	for name, value := range s.InitialVariables {
		if text, is := value.(string); is && q.SessionVariablesTyped {
			value = typed(text)
		}
		out[name] = value
	}
	return encodeJSON(out)
}

// typed is a text as the JSON number or boolean that it spells, or as it is.
func typed(text string) any {
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
