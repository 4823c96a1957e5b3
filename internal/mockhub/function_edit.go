package mockhub

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"time"
)

// Function returns a tool function, and whether it exists.
func (h *Hub) Function(uuid string) (Function, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	f, found := h.store.Functions.get(uuid)
	return f.clone(), found
}

// AddFunction adds a tool function to an agent, as a user of the web app can, and returns its uuid. Zero fields get defaults
// (UUID: a new one; Name: "function"; Description: "A function."; ExternalURL: "https://example.com/function"; Method: "GET";
// Parameters: "{}"; CreatedAt: now; ModifiedAt: CreatedAt). Values are not checked, so that tests can store values that the
// service may allow later. AddFunction panics if the agent does not exist, if Parameters is not JSON, or if the UUID is
// malformed or already used.
func (h *Hub) AddFunction(agentUUID string, f Function) string {
	h.modify(func(now time.Time) bool {
		mustExist(&h.store.Agents, "AddFunction", "agent", agentUUID)
		f.UUID = h.store.addFunction(now, agentUUID, f)
		return true
	})
	return f.UUID
}

func (s *store) addFunction(now time.Time, agentUUID string, f Function) string {
	f = f.clone()
	f.UUID, f.AgentUUID = cmp.Or(f.UUID, newUUID()), agentUUID
	f.Name, f.Description = cmp.Or(f.Name, "function"), cmp.Or(f.Description, "A function.")
	f.ExternalURL = cmp.Or(f.ExternalURL, "https://example.com/function")
	f.Method, f.Parameters = cmp.Or(f.Method, http.MethodGet), cmp.Or(f.Parameters, "{}")
	mustBeUnused(&s.Functions, "AddFunction", f.UUID)
	f.mustBeJSON("AddFunction")
	f.CreatedAt, f.ModifiedAt = fillTimes(now, f.CreatedAt, f.ModifiedAt)
	s.Functions.put(now, f.UUID, f)
	return f.UUID
}

// EditFunction lets change alter a tool function, as a user of the web app can, and reports whether it was found. ModifiedAt
// is set to now unless change sets it. Changes of the uuids are ignored. change must not call the hub, whose lock is held.
func (h *Hub) EditFunction(uuid string, change func(*Function)) bool {
	return edit(h, &h.store.Functions, uuid, func(f *Function) {
		change(f)
		f.mustBeJSON("EditFunction")
	})
}

func (f *Function) restoreIDs(old Function) { f.UUID, f.AgentUUID = old.UUID, old.AgentUUID }

func (f *Function) times() (created, modified *time.Time) { return &f.CreatedAt, &f.ModifiedAt }

// RemoveFunction deletes a tool function, as a user of the web app can, and reports whether it was found.
func (h *Hub) RemoveFunction(uuid string) bool {
	return h.modify(func(now time.Time) bool { return h.store.Functions.remove(now, uuid) })
}

// mustBeJSON panics if Parameters is not JSON.
func (f Function) mustBeJSON(function string) {
	if !json.Valid([]byte(f.Parameters)) {
		panic(fmt.Sprintf("mockhub: %s: Parameters are not JSON: %q", function, f.Parameters))
	}
}
