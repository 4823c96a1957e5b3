package mockhub

import (
	"net/http"
	"strings"
	"time"
)

// serveWithTimes processes a request with the quirks of modification times: ChildrenTouch and UpdateAnswersOldTime. It is called with the
// lock held.
func (h *Hub) serveWithTimes(c *call) answer {
	if c.route.method == http.MethodGet || !c.quirks.ChildrenTouch && !c.quirks.UpdateAnswersOldTime {
		return c.route.serve(h, c)
	}
	agent, chatbot := h.store.containers(c) // before a delete
	old := h.store.modifiedAt(c.id)
	a := c.route.serve(h, c)
	if a.status != http.StatusOK {
		return a
	}
	if c.quirks.ChildrenTouch {
		h.store.touch(c.now.Truncate(time.Second), agent, chatbot)
	}
	if body, isObject := a.body.(map[string]any); isObject && c.quirks.UpdateAnswersOldTime && strings.HasSuffix(c.route.path, "/update") && body["modified_at"] != nil {
		body["modified_at"] = formatTime(old)
	}
	return a
}

// containers returns the uuids of the agent and the chatbot that contain what a write changes, or "".
func (s *store) containers(c *call) (agent, chatbot string) {
	if f, found := s.Functions.get(c.id); found {
		agent = f.AgentUUID
	}
	if c.route.path == "/agent/{uuid}/function/create" {
		agent = c.id
	}
	if _, found := s.Chatbots.get(c.id); found {
		return "", c.id // a create in it; its own update has the same time
	}
	for _, id := range []string{c.id, agent} {
		if a, found := s.Agents.get(id); found {
			chatbot = a.ChatbotUUID
		}
	}
	if src, found := s.Sources.get(c.id); found {
		chatbot = src.ChatbotUUID
	}
	if t, found := s.Tags.get(c.id); found {
		chatbot = t.ChatbotUUID
	}
	if session, found := s.Sessions.get(c.id); found {
		chatbot = session.ChatbotUUID
	}
	return agent, chatbot
}

// touch sets modified_at of an agent and a chatbot, if they exist.
func (s *store) touch(now time.Time, agent, chatbot string) {
	if a, found := s.Agents.get(agent); found {
		a.ModifiedAt = now
		s.Agents.put(now, agent, a)
	}
	if b, found := s.Chatbots.get(chatbot); found {
		b.ModifiedAt = now
		s.Chatbots.put(now, chatbot, b)
	}
}

// modifiedAt returns the modification time of an object that can be updated, or the zero time.
func (s *store) modifiedAt(uuid string) time.Time {
	if b, found := s.Chatbots.get(uuid); found {
		return b.ModifiedAt
	}
	if a, found := s.Agents.get(uuid); found {
		return a.ModifiedAt
	}
	if f, found := s.Functions.get(uuid); found {
		return f.ModifiedAt
	}
	if src, found := s.Sources.get(uuid); found {
		return src.ModifiedAt
	}
	t, _ := s.Tags.get(uuid)
	return t.ModifiedAt
}
