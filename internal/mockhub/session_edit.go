package mockhub

import (
	"cmp"
	"time"
)

// Sessions returns the sessions of a chatbot, oldest first.
func (h *Hub) Sessions(chatbotUUID string) []Session {
	h.mu.Lock()
	defer h.mu.Unlock()
	sessions := h.store.Sessions.all(func(s Session) bool { return s.ChatbotUUID == chatbotUUID })
	for i, s := range sessions {
		sessions[i] = s.clone()
	}
	return sessions
}

// Session returns a session, and whether it exists.
func (h *Hub) Session(uuid string) (Session, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	s, found := h.store.Sessions.get(uuid)
	return s.clone(), found
}

// AddSession adds a session to a chatbot, as a visitor can, and returns its uuid. Zero fields get defaults (UUID: a new one;
// IPAddress: a reserved one; CreatedAt: now; ModifiedAt: CreatedAt). Values are not checked, so that tests can store values
// that the service may allow later. AddSession panics if the chatbot does not exist, or if the UUID is malformed or already
// used.
func (h *Hub) AddSession(chatbotUUID string, s Session) string {
	s = s.clone()
	s.UUID, s.ChatbotUUID = cmp.Or(s.UUID, newUUID()), chatbotUUID
	s.IPAddress = cmp.Or(s.IPAddress, sessionAddress)
	h.modify(func(now time.Time) bool {
		mustExist(&h.store.Chatbots, "AddSession", "chatbot", chatbotUUID)
		mustBeUnused(&h.store.Sessions, "AddSession", s.UUID)
		s.CreatedAt, s.ModifiedAt = fillTimes(now, s.CreatedAt, s.ModifiedAt)
		h.store.Sessions.put(now, s.UUID, s)
		return true
	})
	return s.UUID
}

// AddSessions adds n sessions to a chatbot and returns their uuids. The first is created at from, and each other one at the
// time of the previous one plus step. AddSessions panics if the chatbot does not exist.
func (h *Hub) AddSessions(chatbotUUID string, n int, from time.Time, step time.Duration) []string {
	uuids := make([]string, n)
	h.modify(func(now time.Time) bool {
		mustExist(&h.store.Chatbots, "AddSessions", "chatbot", chatbotUUID)
		for i := range uuids {
			s := newSession(from.Add(time.Duration(i)*step).UTC(), chatbotUUID)
			h.store.Sessions.put(now, s.UUID, s)
			uuids[i] = s.UUID
		}
		return true
	})
	return uuids
}

// EditSession lets change alter a session, and reports whether it was found. ModifiedAt is set to now unless change sets it.
// Changes of the uuids are ignored. change must not call the hub, whose lock is held.
func (h *Hub) EditSession(uuid string, change func(*Session)) bool {
	return edit(h, &h.store.Sessions, uuid, change)
}

func (s *Session) restoreIDs(old Session) { s.UUID, s.ChatbotUUID = old.UUID, old.ChatbotUUID }

func (s *Session) times() (created, modified *time.Time) { return &s.CreatedAt, &s.ModifiedAt }

// EndSession ends a session, as the service does after a time, and reports whether it was found. The session can still be
// read, but messages to it are refused (Quirks.EndedStatus). An answer that is being streamed is completed.
func (h *Hub) EndSession(uuid string) bool {
	return h.EditSession(uuid, func(s *Session) { s.Ended = true })
}

// RemoveSession deletes a session and its messages, as a user of the web app can, and reports whether it was found.
func (h *Hub) RemoveSession(uuid string) bool {
	return h.modify(func(now time.Time) bool { return h.store.removeSession(now, uuid) })
}
