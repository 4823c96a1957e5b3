package mockhub

import (
	"cmp"
	"time"
)

// Messages returns a session's messages, oldest first.
func (h *Hub) Messages(sessionUUID string) []Message {
	h.mu.Lock()
	defer h.mu.Unlock()
	messages := h.store.Messages.all(func(m Message) bool { return m.SessionUUID == sessionUUID })
	for i, m := range messages {
		messages[i] = m.clone()
	}
	return messages
}

// Message returns one message, and whether it is there.
func (h *Hub) Message(uuid string) (Message, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	m, is := h.store.Messages.get(uuid)
	return m.clone(), is
}

// Answers returns how many questions the hub has answered, badly or well: each costs the account credits (api.md §3). Messages
// of AddMessage don't count.
func (h *Hub) Answers() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.answers
}

// AddMessage adds a message to a session as a visitor would, and returns its uuid; the session's ModifiedAt moves to its
// CreatedAt. Fields left zero get defaults (UUID: a new one; Query: "Is anybody there?"; CreatedAt: now; ModifiedAt:
// CreatedAt; without ErrorMessage and Pending also Response: NoAnswer; FinishReason: "stop"). Values are not checked, so that
// a test can store what the service may come to allow; but a session that is not there panics, and so does a UUID that is
// malformed or taken.
func (h *Hub) AddMessage(sessionUUID string, m Message) string {
	m = m.clone()
	m.UUID, m.SessionUUID = cmp.Or(m.UUID, newUUID()), sessionUUID
	m.Query = cmp.Or(m.Query, "Is anybody there?")
	if m.ErrorMessage == "" && !m.Pending {
		m.Response, m.FinishReason = cmp.Or(m.Response, NoAnswer), cmp.Or(m.FinishReason, "stop")
	}
	h.outside(func(now time.Time) bool {
		mustHave(&h.store.Sessions, "AddMessage", "session", sessionUUID)
		mustBeFree(&h.store.Messages, "AddMessage", m.UUID)
		m.CreatedAt, m.ModifiedAt = stamps(now, m.CreatedAt, m.ModifiedAt)
		h.store.Messages.put(now, m.UUID, m)
		s, _ := h.store.Sessions.get(sessionUUID)
		s.ModifiedAt = m.CreatedAt
		h.store.Sessions.put(now, sessionUUID, s)
		return true
	})
	return m.UUID
}

// EditMessage lets f change a message as the service would, and reports whether it was there. ModifiedAt moves to now unless f
// sets it; the uuids stay. f must not call the hub, whose lock is held.
func (h *Hub) EditMessage(uuid string, f func(*Message)) bool {
	return h.outside(func(now time.Time) bool {
		old, is := h.store.Messages.get(uuid)
		if !is {
			return false
		}
		edited := old.clone()
		f(&edited)
		m := edited.clone() // f may keep what it was given, or what it has put in
		m.UUID, m.SessionUUID = old.UUID, old.SessionUUID
		if m.ModifiedAt.Equal(old.ModifiedAt) {
			m.ModifiedAt = now
		}
		m.CreatedAt, m.ModifiedAt = stamps(now, m.CreatedAt, m.ModifiedAt)
		h.store.Messages.put(now, uuid, m)
		return true
	})
}

// RemoveMessage deletes a message as somebody in the web app would, and reports whether it was there.
func (h *Hub) RemoveMessage(uuid string) bool {
	return h.outside(func(now time.Time) bool { return h.store.Messages.remove(now, uuid) })
}
