package mockhub

import (
	"net/http"
	"time"
)

// Chatbot is a stored chatbot (api.md §3). RateLimitMessages and RateLimitSeconds are the two numbers of rate_limit:
// messages per visitor device, within seconds.
type Chatbot struct {
	UUID, Name, Visibility, RateLimitMessage string
	RateLimitMessages, RateLimitSeconds      int
	ShowCitations                            bool
	CreatedAt, ModifiedAt                    time.Time
}

// chatbotDefaults is a chatbot with the defaults of the service (api.md §3).
func chatbotDefaults() Chatbot {
	return Chatbot{Visibility: "private", RateLimitMessage: "Too many messages", RateLimitMessages: 20, RateLimitSeconds: 240}
}

func chatbotRoutes() []route {
	return []route{
		{method: http.MethodGet, path: "/chatbots", serve: (*Hub).listChatbots},
		{method: http.MethodPost, path: "/chatbot/create", body: readObject, serve: (*Hub).createChatbot},
		{method: http.MethodGet, path: "/chatbot/{uuid}", serve: (*Hub).fetchChatbot},
		{method: http.MethodPost, path: "/chatbot/{uuid}/update", body: readObject, serve: (*Hub).updateChatbot},
		{method: http.MethodDelete, path: "/chatbot/{uuid}/delete", serve: (*Hub).deleteChatbot},
	}
}

func (h *Hub) listChatbots(c *call) answer {
	out := []any{}
	for _, b := range h.store.Chatbots.list(c, nil) {
		out = append(out, b.render(c.quirks))
	}
	return ok(out)
}

func (h *Hub) createChatbot(c *call) answer {
	b := chatbotDefaults()
	c.body.require("name")
	b.read(c)
	if len(c.body.problems) > 0 {
		return invalid(c.body.problems...)
	}
	if limit := c.quirks.MaxChatbots; limit > 0 && len(h.store.Chatbots.all(nil)) >= limit {
		return failure(c.quirks, http.StatusForbidden, "the plan's limit of chatbots is reached")
	}
	b.UUID, b.CreatedAt, b.ModifiedAt = newUUID(), c.now.Truncate(time.Second), c.now.Truncate(time.Second)
	h.store.addChatbot(c.now, b)
	return ok(b.renderWritten(c.quirks))
}

// addChatbot stores a new chatbot and the default agent that the service creates with it (api.md §3).
func (s *store) addChatbot(now time.Time, b Chatbot) {
	s.Chatbots.put(now, b.UUID, b)
	a := defaultAgent(b)
	s.Agents.put(now, a.UUID, a)
}

func (h *Hub) fetchChatbot(c *call) answer {
	b, found := h.store.Chatbots.get(c.id)
	if !found {
		return h.chatbotNotFound(c)
	}
	return ok(b.render(c.quirks))
}

func (h *Hub) updateChatbot(c *call) answer {
	b, found := h.store.Chatbots.get(c.id)
	if !found {
		return h.chatbotNotFound(c)
	}
	if c.quirks.ChatbotUpdateResets {
		fresh := chatbotDefaults()
		fresh.UUID, fresh.Name, fresh.CreatedAt = b.UUID, b.Name, b.CreatedAt
		b = fresh
	}
	c.body.requireAny()
	b.read(c)
	if len(c.body.problems) > 0 {
		return invalid(c.body.problems...)
	}
	b.ModifiedAt = c.now.Truncate(time.Second)
	h.store.Chatbots.put(c.now, b.UUID, b)
	return ok(b.renderWritten(c.quirks))
}

func (h *Hub) deleteChatbot(c *call) answer {
	return deleteOne(c, &h.store.Chatbots, "chatbot", h.store.removeChatbot)
}

func (h *Hub) chatbotNotFound(c *call) answer {
	return notFound(c, "chatbot", h.store.Chatbots.existed(c.id))
}

// read reads the body of a request into b.
func (b *Chatbot) read(c *call) {
	o := c.body
	o.allowOnly("name", "visibility", "rate_limit", "rate_limit_message", "show_citations")
	// The name is trimmed first: a blank name would be stored as "".
	o.nonEmptyText("name", &b.Name, c.trim)
	o.choice("visibility", &b.Visibility, "private", "public", "hybrid")
	if n, found := o.integers("rate_limit", bounds{1, 100}, bounds{1, 360}); found {
		b.RateLimitMessages, b.RateLimitSeconds = n[0], n[1]
	}
	o.trimmedText("rate_limit_message", &b.RateLimitMessage, c.trim)
	o.boolean("show_citations", &b.ShowCitations)
}

// render is the chatbot in an answer. Fields that are flat in requests are under meta in answers.
func (b Chatbot) render(q Quirks) map[string]any {
	citations := "show_citations"
	if q.ShowCitationSingular {
		citations = "show_citation"
	}
	return map[string]any{
		"uuid": b.UUID, "name": b.Name,
		"created_at": formatTime(b.CreatedAt), "modified_at": formatTime(b.ModifiedAt),
		"meta": map[string]any{
			"visibility":         b.Visibility,
			"rate_limit":         []any{b.RateLimitMessages, b.RateLimitSeconds},
			"rate_limit_message": b.RateLimitMessage,
			citations:            b.ShowCitations,
		},
	}
}

// renderWritten is the chatbot in the answer to a create or an update.
func (b Chatbot) renderWritten(q Quirks) map[string]any {
	out := b.render(q)
	if q.ChatbotAnswerShort {
		delete(out, "meta")
	}
	return out
}

// Chatbots returns all chatbots, oldest first.
func (h *Hub) Chatbots() []Chatbot {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.store.Chatbots.all(nil)
}

// Chatbot returns a chatbot, and whether it exists.
func (h *Hub) Chatbot(uuid string) (Chatbot, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.store.Chatbots.get(uuid)
}
