package mockhub

import (
	"net/http"
	"slices"
	"sort"
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
	if _, found := h.store.Chatbots.get(c.id); !found {
		return h.chatbotNotFound(c)
	}
	agents := h.store.Agents.list(c, func(a Agent) bool { return a.ChatbotUUID == c.id })
	shuffle(h, c.quirks.AgentOrderRandom, agents)
	if c.quirks.AgentTypesInListOrder {
		sort.SliceStable(agents, func(i, j int) bool { // slices.SortStableFunc makes the provider's binary larger, by 25 kB for each type
			return slices.Index(agentTypes(), agents[i].Type) < slices.Index(agentTypes(), agents[j].Type)
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
	if _, found := h.store.Chatbots.get(c.id); !found {
		return h.chatbotNotFound(c)
	}
	now := c.now.Truncate(time.Second)
	a := Agent{UUID: newUUID(), ChatbotUUID: c.id, UseAllSourcesUnset: true, CreatedAt: now, ModifiedAt: now}
	c.body.allowOnly("name", "type", "description", "prompt", "model", "temperature", "bias", "stickness", "default_message",
		"tags", "use_all_sources")
	c.body.require("name", "type")
	c.body.choice("type", &a.Type, agentTypes()...)
	a.read(h, c)
	if len(c.body.problems) > 0 {
		return invalid(c.body.problems...)
	}
	if existing, found := h.store.existing(a); found {
		status := c.quirks.SingletonStatus
		if status == 0 {
			status = http.StatusUnprocessableEntity
		}
		return failure(c.quirks, status, "the chatbot has an agent of type "+existing.Type+" already")
	}
	a.setDefaults()
	h.store.Agents.put(c.now, a.UUID, a)
	return ok(h.renderWritten(c.quirks, a, !c.quirks.AgentCreateFull))
}

// existing returns the agent that prevents a from being added. A chatbot has at most one human-escalation agent and at most
// one spam-defense agent (api.md §3).
func (s *store) existing(a Agent) (Agent, bool) {
	if a.Type != humanEscalation && a.Type != spamDefense {
		return Agent{}, false
	}
	existing := s.Agents.all(func(b Agent) bool { return b.ChatbotUUID == a.ChatbotUUID && b.Type == a.Type })
	if len(existing) == 0 {
		return Agent{}, false
	}
	return existing[0], true
}

// updateAgent changes the fields that are in the body (api.md §4).
func (h *Hub) updateAgent(c *call) answer {
	a, found := h.store.Agents.get(c.id)
	if !found {
		return h.agentNotFound(c)
	}
	o := c.body
	o.requireAny()
	for _, key := range c.quirks.RefusesOnUpdate {
		if _, found := o.fields[key]; found {
			o.addProblem("extra fields not permitted", "value_error.extra", key)
			delete(o.fields, key)
		}
	}
	for _, key := range c.quirks.IgnoresOnUpdate {
		delete(o.fields, key)
	}
	o.allowOnly("name", "description", "prompt", "enabled", "model", "temperature", "bias", "stickness", "default_message", "tags",
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
	if a, found := h.store.Agents.get(c.id); found && a.Default && c.quirks.DefaultAgentUndeletable {
		return failure(c.quirks, http.StatusForbidden, "the default agent cannot be deleted")
	}
	return deleteOne(c, &h.store.Agents, "agent", h.store.removeAgent)
}

// removeAgent removes an agent and its tool functions.
func (s *store) removeAgent(now time.Time, uuid string) bool {
	if !s.Agents.remove(now, uuid) {
		return false
	}
	s.Functions.removeWhere(now, func(f Function) bool { return f.AgentUUID == uuid })
	return true
}

func (h *Hub) agentNotFound(c *call) answer {
	return notFound(c, "agent", h.store.Agents.existed(c.id))
}
