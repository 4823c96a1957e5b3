package mockhub

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"time"
)

// Function returns one tool function, and whether it is there.
func (h *Hub) Function(uuid string) (Function, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	f, is := h.store.Functions.get(uuid)
	return f.clone(), is
}

// AddFunction adds a tool function to an agent as somebody in the web app would, and returns its uuid. Fields left zero get
// defaults (UUID: a new one; Name: "function"; Description: "A function."; ExternalURL: "https://example.com/function"; Method:
// "GET"; Parameters: "{}"; CreatedAt: now; ModifiedAt: CreatedAt). Values are not checked, so that a test can store what the
// service may come to allow; but an agent that is not there panics, and so do Parameters that are not JSON and a UUID that is
// malformed or taken.
func (h *Hub) AddFunction(agentUUID string, f Function) string {
	h.outside(func(now time.Time) bool {
		mustHave(&h.store.Agents, "AddFunction", "agent", agentUUID)
		f.UUID = h.store.adoptFunction(now, agentUUID, f)
		return true
	})
	return f.UUID
}

func (s *store) adoptFunction(now time.Time, agentUUID string, f Function) string {
	f = f.clone()
	f.UUID, f.AgentUUID = cmp.Or(f.UUID, newUUID()), agentUUID
	f.Name, f.Description = cmp.Or(f.Name, "function"), cmp.Or(f.Description, "A function.")
	f.ExternalURL = cmp.Or(f.ExternalURL, "https://example.com/function")
	f.Method, f.Parameters = cmp.Or(f.Method, http.MethodGet), cmp.Or(f.Parameters, "{}")
	mustBeFree(&s.Functions, "AddFunction", f.UUID)
	f.mustBeJSON("AddFunction")
	f.CreatedAt, f.ModifiedAt = stamps(now, f.CreatedAt, f.ModifiedAt)
	s.Functions.put(now, f.UUID, f)
	return f.UUID
}

// EditFunction lets change edit a tool function as somebody in the web app would, and reports whether it was there. ModifiedAt
// moves to now unless change sets it; the uuids stay. change must not call the hub, whose lock is held.
func (h *Hub) EditFunction(uuid string, change func(*Function)) bool {
	return h.outside(func(now time.Time) bool {
		old, is := h.store.Functions.get(uuid)
		if !is {
			return false
		}
		edited := old.clone()
		change(&edited)
		f := edited.clone() // change may keep what it was given, or what it has put in
		f.mustBeJSON("EditFunction")
		f.UUID, f.AgentUUID = old.UUID, old.AgentUUID
		if f.ModifiedAt.Equal(old.ModifiedAt) {
			f.ModifiedAt = now
		}
		f.CreatedAt, f.ModifiedAt = stamps(now, f.CreatedAt, f.ModifiedAt)
		h.store.Functions.put(now, uuid, f)
		return true
	})
}

// RemoveFunction deletes a tool function as somebody in the web app would, and reports whether it was there.
func (h *Hub) RemoveFunction(uuid string) bool {
	return h.outside(func(now time.Time) bool { return h.store.Functions.remove(now, uuid) })
}

// mustBeJSON panics on Parameters that no answer can hold.
func (f Function) mustBeJSON(who string) {
	if !json.Valid([]byte(f.Parameters)) {
		panic(fmt.Sprintf("mockhub: %s: Parameters are not JSON: %q", who, f.Parameters))
	}
}
