package mockhub

import (
	"cmp"
	"slices"
	"time"
)

// Agents returns the agents of a chatbot with their tool functions, oldest first.
func (h *Hub) Agents(chatbotUUID string) []Agent {
	h.mu.Lock()
	defer h.mu.Unlock()
	agents := h.store.Agents.all(func(a Agent) bool { return a.ChatbotUUID == chatbotUUID })
	for i, a := range agents {
		agents[i] = h.store.withFunctions(a)
	}
	return agents
}

// Agent returns an agent with its tool functions, and whether it exists.
func (h *Hub) Agent(uuid string) (Agent, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	a, found := h.store.Agents.get(uuid)
	return h.store.withFunctions(a), found
}

// withFunctions returns a copy of an agent with its tool functions.
func (s *store) withFunctions(a Agent) Agent {
	a = a.clone()
	a.Functions = s.Functions.all(func(f Function) bool { return f.AgentUUID == a.UUID })
	for i, f := range a.Functions {
		a.Functions[i] = f.clone()
	}
	return a
}

// AddAgent adds an agent with its Functions to a chatbot, as a user of the web app can, and returns its uuid. Zero fields get
// defaults (UUID: a new one; Name: "Agent"; Type: user-facing; Model and HumanEscalationSettings: those of the service, if
// the type has them; CreatedAt: now; ModifiedAt: CreatedAt). Values are not checked, so that tests can store values that the
// service may allow later. AddAgent panics if the chatbot does not exist, or if the UUID is malformed or already used.
func (h *Hub) AddAgent(chatbotUUID string, a Agent) string {
	functions := a.Functions
	a = a.clone()
	a.UUID, a.ChatbotUUID, a.Functions = cmp.Or(a.UUID, newUUID()), chatbotUUID, nil
	a.Name, a.Type = cmp.Or(a.Name, "Agent"), cmp.Or(a.Type, userFacing)
	a.setDefaults()
	h.modify(func(now time.Time) bool {
		mustExist(&h.store.Chatbots, "AddAgent", "chatbot", chatbotUUID)
		mustBeUnused(&h.store.Agents, "AddAgent", a.UUID)
		a.CreatedAt, a.ModifiedAt = fillTimes(now, a.CreatedAt, a.ModifiedAt)
		h.store.Agents.put(now, a.UUID, a)
		for _, f := range functions {
			h.store.addFunction(now, a.UUID, f)
		}
		return true
	})
	return a.UUID
}

// EditAgent lets change alter an agent, as a user of the web app can, and reports whether it was found. ModifiedAt is set to
// now unless change sets it. Functions is nil, and changes of it and of the uuids are ignored. change must not call the hub,
// whose lock is held.
func (h *Hub) EditAgent(uuid string, change func(*Agent)) bool {
	return edit(h, &h.store.Agents, uuid, change)
}

func (a *Agent) restoreIDs(old Agent) {
	a.UUID, a.ChatbotUUID, a.Functions = old.UUID, old.ChatbotUUID, nil
}

func (a *Agent) times() (created, modified *time.Time) { return &a.CreatedAt, &a.ModifiedAt }

// RemoveAgent deletes an agent and its tool functions, as a user of the web app can, and reports whether it was found. It
// also deletes default agents.
func (h *Hub) RemoveAgent(uuid string) bool {
	return h.modify(func(now time.Time) bool { return h.store.removeAgent(now, uuid) })
}

// DefaultAgent returns the uuid of the agent that was created with a chatbot, or "" if it does not exist.
func (h *Hub) DefaultAgent(chatbotUUID string) string {
	agents := h.Agents(chatbotUUID)
	i := slices.IndexFunc(agents, func(a Agent) bool { return a.Default })
	if i < 0 {
		return ""
	}
	return agents[i].UUID
}
