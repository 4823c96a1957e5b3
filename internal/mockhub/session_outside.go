package mockhub

import (
	"cmp"
	"time"
)

// Sessions returns a chatbot's sessions, oldest first.
func (h *Hub) Sessions(chatbotUUID string) []Session {
	h.mu.Lock()
	defer h.mu.Unlock()
	sessions := h.store.Sessions.all(func(s Session) bool { return s.ChatbotUUID == chatbotUUID })
	for i, s := range sessions {
		sessions[i] = s.clone()
	}
	return sessions
}

// Session returns one session, and whether it is there.
func (h *Hub) Session(uuid string) (Session, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	s, is := h.store.Sessions.get(uuid)
	return s.clone(), is
}

// AddSession adds a session to a chatbot as a visitor would, and returns its uuid. Fields left zero get defaults (UUID: a new
// one; IPAddress: one of no machine; CreatedAt: now; ModifiedAt: CreatedAt). Values are not checked, so that a test can store
// what the service may come to allow; but a chatbot that is not there panics, and so does a UUID that is malformed or taken.
func (h *Hub) AddSession(chatbotUUID string, s Session) string {
	s = s.clone()
	s.UUID, s.ChatbotUUID = cmp.Or(s.UUID, newUUID()), chatbotUUID
	s.IPAddress = cmp.Or(s.IPAddress, sessionAddress)
	h.outside(func(now time.Time) bool {
		mustHave(&h.store.Chatbots, "AddSession", "chatbot", chatbotUUID)
		mustBeFree(&h.store.Sessions, "AddSession", s.UUID)
		s.CreatedAt, s.ModifiedAt = stamps(now, s.CreatedAt, s.ModifiedAt)
		h.store.Sessions.put(now, s.UUID, s)
		return true
	})
	return s.UUID
}

// AddSessions adds n sessions to a chatbot as visitors would, the first created at from and each other one a step after the one
// before, and returns their uuids in that order. A chatbot that is not there panics.
func (h *Hub) AddSessions(chatbotUUID string, n int, from time.Time, step time.Duration) []string {
	uuids := make([]string, n)
	h.outside(func(now time.Time) bool {
		mustHave(&h.store.Chatbots, "AddSessions", "chatbot", chatbotUUID)
		for i := range uuids {
			s := newSession(from.Add(time.Duration(i)*step).UTC(), chatbotUUID)
			h.store.Sessions.put(now, s.UUID, s)
			uuids[i] = s.UUID
		}
		return true
	})
	return uuids
}

// EditSession lets f change a session as somebody in the web app would, and reports whether it was there. ModifiedAt moves to
// now unless f sets it; the uuids stay. f must not call the hub, whose lock is held.
func (h *Hub) EditSession(uuid string, f func(*Session)) bool {
	return h.outside(func(now time.Time) bool {
		old, is := h.store.Sessions.get(uuid)
		if !is {
			return false
		}
		edited := old.clone()
		f(&edited)
		s := edited.clone() // f may keep what it was given, or what it has put in
		s.UUID, s.ChatbotUUID = old.UUID, old.ChatbotUUID
		if s.ModifiedAt.Equal(old.ModifiedAt) {
			s.ModifiedAt = now
		}
		s.CreatedAt, s.ModifiedAt = stamps(now, s.CreatedAt, s.ModifiedAt)
		h.store.Sessions.put(now, uuid, s)
		return true
	})
}

// EndSession ends a session as the service does after a time, and reports whether it was there: it can still be listed and
// fetched, but messages to it are refused (Quirks.EndedStatus). An answer that is being streamed goes on.
func (h *Hub) EndSession(uuid string) bool {
	return h.EditSession(uuid, func(s *Session) { s.Ended = true })
}

// RemoveSession deletes a session and its messages as somebody in the web app would, and reports whether it was there.
func (h *Hub) RemoveSession(uuid string) bool {
	return h.outside(func(now time.Time) bool { return h.store.removeSession(now, uuid) })
}
