package mockhub

import (
	"net/http"
	"slices"
	"time"
)

func agentRoutes() []route {
	return []route{
		{method: http.MethodGet, path: "/chatbot/{uuid}/agents", serve: (*Hub).listAgents},
		{method: http.MethodPost, path: "/chatbot/{uuid}/agent/create", body: readObject, serve: (*Hub).createAgent},
		{method: http.MethodPost, path: "/agent/{uuid}/update", body: readObject, serve: (*Hub).updateAgent},
		{method: http.MethodDelete, path: "/agent/{uuid}/delete", serve: (*Hub).deleteAgent},
	}
}

func (h *Hub) listAgents(c *call) answer {
	if _, is := h.store.Chatbots.get(c.id); !is {
		return h.noChatbot(c)
	}
	agents := h.store.Agents.list(c, func(a Agent) bool { return a.ChatbotUUID == c.id })
	shuffle(h, c.quirks.AgentOrderRandom, agents)
	if c.quirks.AgentTypesInListOrder {
		slices.SortStableFunc(agents, func(a, b Agent) int {
			return slices.Index(agentTypes(), a.Type) - slices.Index(agentTypes(), b.Type)
		})
	}
	functions := map[string][]any{}
	for _, f := range h.store.Functions.list(c, nil) {
		functions[f.AgentUUID] = append(functions[f.AgentUUID], f.render(c.quirks))
	}
	out := []any{}
	for _, a := range agents {
		out = append(out, a.render(c.quirks, functions[a.UUID]))
	}
	return ok(out)
}

func (h *Hub) createAgent(c *call) answer {
	if _, is := h.store.Chatbots.get(c.id); !is {
		return h.noChatbot(c)
	}
	now := c.now.Truncate(time.Second)
	a := Agent{UUID: newUUID(), ChatbotUUID: c.id, UseAllSourcesUnset: true, CreatedAt: now, ModifiedAt: now}
	c.body.only("name", "type", "description", "prompt", "model", "temperature", "bias", "stickness", "default_message",
		"tags", "use_all_sources")
	c.body.require("name", "type")
	c.body.choice("type", &a.Type, agentTypes()...)
	a.read(h, c)
	if len(c.body.problems) > 0 {
		return invalid(c.body.problems...)
	}
	if twin, is := h.store.twin(a); is {
		status := c.quirks.SingletonStatus
		if status == 0 {
			status = http.StatusUnprocessableEntity
		}
		return failure(c.quirks, status, "the chatbot has an agent of type "+twin.Type+" already")
	}
	a.fill()
	h.store.Agents.put(c.now, a.UUID, a)
	return ok(h.renderWritten(c.quirks, a, !c.quirks.AgentCreateFull))
}

// twin returns the agent that keeps a from being added: there is at most one human-escalation and one spam-defense agent in
// a chatbot (api.md §3).
func (s *store) twin(a Agent) (Agent, bool) {
	if a.Type != humanEscalation && a.Type != spamDefense {
		return Agent{}, false
	}
	twins := s.Agents.all(func(b Agent) bool { return b.ChatbotUUID == a.ChatbotUUID && b.Type == a.Type })
	if len(twins) == 0 {
		return Agent{}, false
	}
	return twins[0], true
}

// updateAgent merges what the body has into the agent (api.md §4).
func (h *Hub) updateAgent(c *call) answer {
	a, is := h.store.Agents.get(c.id)
	if !is {
		return h.noAgent(c)
	}
	o := c.body
	o.some()
	for _, key := range c.quirks.RefusesOnUpdate {
		if _, is := o.fields[key]; is {
			o.add("extra fields not permitted", "value_error.extra", key)
			delete(o.fields, key)
		}
	}
	for _, key := range c.quirks.IgnoresOnUpdate {
		delete(o.fields, key)
	}
	o.only("name", "description", "prompt", "enabled", "model", "temperature", "bias", "stickness", "default_message", "tags",
		"use_all_sources", "data_source_uuids", "variables", "human_escalation_settings")
	a.read(h, c)
	if len(o.problems) > 0 {
		return invalid(o.problems...)
	}
	if slices.ContainsFunc([]string{"name", "description", "prompt"}, func(key string) bool { return o.fields[key] != nil }) {
		a.Rebuilds++
	}
	a.ModifiedAt = c.now.Truncate(time.Second)
	h.store.Agents.put(c.now, a.UUID, a)
	return ok(h.renderWritten(c.quirks, a, c.quirks.AgentUpdateShort))
}

func (h *Hub) deleteAgent(c *call) answer {
	if a, is := h.store.Agents.get(c.id); is && a.Default && c.quirks.DefaultAgentUndeletable {
		return failure(c.quirks, http.StatusForbidden, "the default agent cannot be deleted")
	}
	if h.store.removeAgent(c.now, c.id) {
		return success()
	}
	if c.quirks.SecondDeleteSucceeds && h.store.Agents.had(c.id) {
		return success()
	}
	return h.noAgent(c)
}

// removeAgent removes an agent and its tool functions.
func (s *store) removeAgent(now time.Time, uuid string) bool {
	if !s.Agents.remove(now, uuid) {
		return false
	}
	s.Functions.removeWhere(now, func(f Function) bool { return f.AgentUUID == uuid })
	return true
}

func (h *Hub) noAgent(c *call) answer { return missing(c, "agent", h.store.Agents.had(c.id)) }
