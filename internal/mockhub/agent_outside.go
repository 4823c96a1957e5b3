package mockhub

import (
	"cmp"
	"slices"
	"time"
)

// Agents returns a chatbot's agents with their tool functions, oldest first.
func (h *Hub) Agents(chatbotUUID string) []Agent {
	h.mu.Lock()
	defer h.mu.Unlock()
	agents := h.store.Agents.all(func(a Agent) bool { return a.ChatbotUUID == chatbotUUID })
	for i, a := range agents {
		agents[i] = h.store.whole(a)
	}
	return agents
}

// Agent returns one agent with its tool functions, and whether it is there.
func (h *Hub) Agent(uuid string) (Agent, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	a, is := h.store.Agents.get(uuid)
	return h.store.whole(a), is
}

// whole returns a copy of an agent with its tool functions.
func (s *store) whole(a Agent) Agent {
	a = a.clone()
	a.Functions = s.Functions.all(func(f Function) bool { return f.AgentUUID == a.UUID })
	for i, f := range a.Functions {
		a.Functions[i] = f.clone()
	}
	return a
}

// AddAgent adds an agent with its Functions to a chatbot as somebody in the web app would, and returns its uuid. Fields left
// zero get defaults (UUID: a new one; Name: "Agent"; Type: user-facing; Model and HumanEscalationSettings: the service's, if
// the type has them; CreatedAt: now; ModifiedAt: CreatedAt). Values are not checked, so that a test can store what the service
// may come to allow; but a chatbot that is not there panics, and so does a UUID that is malformed or taken.
func (h *Hub) AddAgent(chatbotUUID string, a Agent) string {
	functions := a.Functions
	a = a.clone()
	a.UUID, a.ChatbotUUID, a.Functions = cmp.Or(a.UUID, newUUID()), chatbotUUID, nil
	a.Name, a.Type = cmp.Or(a.Name, "Agent"), cmp.Or(a.Type, userFacing)
	a.fill()
	h.outside(func(now time.Time) bool {
		mustHave(&h.store.Chatbots, "AddAgent", "chatbot", chatbotUUID)
		mustBeFree(&h.store.Agents, "AddAgent", a.UUID)
		a.CreatedAt, a.ModifiedAt = stamps(now, a.CreatedAt, a.ModifiedAt)
		h.store.Agents.put(now, a.UUID, a)
		for _, f := range functions {
			h.store.adoptFunction(now, a.UUID, f)
		}
		return true
	})
	return a.UUID
}

// EditAgent lets f change an agent as somebody in the web app would, and reports whether it was there. ModifiedAt moves to
// now unless f sets it; the uuids stay, and so do the tool functions, which f does not see. f must not call the hub, whose
// lock is held.
func (h *Hub) EditAgent(uuid string, f func(*Agent)) bool {
	return h.outside(func(now time.Time) bool {
		old, is := h.store.Agents.get(uuid)
		if !is {
			return false
		}
		edited := old.clone()
		f(&edited)
		a := edited.clone() // f may keep what it was given, or what it has put in
		a.UUID, a.ChatbotUUID, a.Functions = old.UUID, old.ChatbotUUID, nil
		if a.ModifiedAt.Equal(old.ModifiedAt) {
			a.ModifiedAt = now
		}
		a.CreatedAt, a.ModifiedAt = stamps(now, a.CreatedAt, a.ModifiedAt)
		h.store.Agents.put(now, uuid, a)
		return true
	})
}

// RemoveAgent deletes an agent and its tool functions as somebody in the web app would, also the default agent, and reports
// whether it was there.
func (h *Hub) RemoveAgent(uuid string) bool {
	return h.outside(func(now time.Time) bool { return h.store.removeAgent(now, uuid) })
}

// DefaultAgent returns the uuid of the agent that came with a chatbot, "" if it is not there.
func (h *Hub) DefaultAgent(chatbotUUID string) string {
	agents := h.Agents(chatbotUUID)
	i := slices.IndexFunc(agents, func(a Agent) bool { return a.Default })
	if i < 0 {
		return ""
	}
	return agents[i].UUID
}
