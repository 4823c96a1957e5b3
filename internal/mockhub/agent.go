package mockhub

import (
	"net/http"
	"time"
)

// Agent is a stored agent (api.md §3).
type Agent struct {
	UUID, ChatbotUUID               string
	Name, Type, Description, Prompt string
	Enabled, UseAllSources          bool
	Model                           string
	CreatedAt, ModifiedAt           time.Time
}

// defaultAgent is the agent that the service makes with each chatbot. Nothing in an answer marks it (api.md §3).
func defaultAgent(b Chatbot) Agent {
	return Agent{
		UUID: newUUID(), ChatbotUUID: b.UUID, Name: "General Q&A", Type: "user-facing",
		Description: "Answers general questions.", Prompt: "You are a helpful assistant.",
		Enabled: true, UseAllSources: true, Model: "gpt-4o-mini-4k", CreatedAt: b.CreatedAt, ModifiedAt: b.CreatedAt,
	}
}

func agentRoutes() []route {
	return []route{
		{method: http.MethodGet, path: "/chatbot/{uuid}/agents", serve: (*Hub).listAgents},
	}
}

func (h *Hub) listAgents(c *call) answer {
	if _, is := h.store.Chatbots.get(c.id); !is {
		return h.noChatbot(c)
	}
	out := []any{}
	for _, a := range h.store.Agents.list(c, func(a Agent) bool { return a.ChatbotUUID == c.id }) {
		out = append(out, a.render())
	}
	return ok(out)
}

// render is the agent as an item of a list.
func (a Agent) render() map[string]any {
	enabled := 0
	if a.Enabled {
		enabled = 1
	}
	return map[string]any{
		"uuid": a.UUID, "name": a.Name, "type": a.Type, "description": a.Description, "prompt": a.Prompt, "enabled": enabled,
		"created_at": stamp(a.CreatedAt), "modified_at": stamp(a.ModifiedAt),
		"data_source_uuids": []any{}, "variables": []any{}, "tool_functions": []any{},
		"meta": map[string]any{"model": a.Model, "tags": []any{}, "temperature": 0.0, "use_all_sources": a.UseAllSources},
	}
}

// Agents returns a chatbot's agents, oldest first.
func (h *Hub) Agents(chatbotUUID string) []Agent {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.store.Agents.all(func(a Agent) bool { return a.ChatbotUUID == chatbotUUID })
}
