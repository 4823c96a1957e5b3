package mockhub

import (
	"cmp"
	"time"
)

// Messages returns the messages of a session, oldest first.
func (h *Hub) Messages(sessionUUID string) []Message {
	h.mu.Lock()
	defer h.mu.Unlock()
	messages := h.store.Messages.all(func(m Message) bool { return m.SessionUUID == sessionUUID })
	for i, m := range messages {
		messages[i] = m.clone()
	}
	return messages
}

// Message returns a message, and whether it exists.
func (h *Hub) Message(uuid string) (Message, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	m, found := h.store.Messages.get(uuid)
	return m.clone(), found
}

// Answers returns the number of questions that were answered, failed answers included. Each costs message credits
// (api.md §3). Messages of AddMessage are not counted.
func (h *Hub) Answers() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.answers
}

// AddMessage adds a message to a session, as a visitor can, and returns its uuid. It sets ModifiedAt of the session to
// CreatedAt of the message, without Quirks.MessagesKeepSession. Zero fields get defaults (UUID: a new one; Query: "Is anybody there?"; CreatedAt: now;
// ModifiedAt: CreatedAt; without ErrorMessage and Pending also Response: NoAnswer; FinishReason: "stop"). Values are not
// checked, so that tests can store values that the service may allow later. AddMessage panics if the session does not exist,
// or if the UUID is malformed or already used.
func (h *Hub) AddMessage(sessionUUID string, m Message) string {
	m = m.clone()
	m.UUID, m.SessionUUID = cmp.Or(m.UUID, newUUID()), sessionUUID
	m.Query = cmp.Or(m.Query, "Is anybody there?")
	if m.ErrorMessage == "" && !m.Pending {
		m.Response, m.FinishReason = cmp.Or(m.Response, NoAnswer), cmp.Or(m.FinishReason, "stop")
	}
	h.modify(func(now time.Time) bool {
		mustExist(&h.store.Sessions, "AddMessage", "session", sessionUUID)
		mustBeUnused(&h.store.Messages, "AddMessage", m.UUID)
		m.CreatedAt, m.ModifiedAt = fillTimes(now, m.CreatedAt, m.ModifiedAt)
		h.store.Messages.put(now, m.UUID, m)
		if s, _ := h.store.Sessions.get(sessionUUID); !h.quirks.MessagesKeepSession {
			s.ModifiedAt = m.CreatedAt
			h.store.Sessions.put(now, sessionUUID, s)
		}
		return true
	})
	return m.UUID
}

// EditMessage lets change alter a message, and reports whether it was found. ModifiedAt is set to now unless change sets it.
// Changes of the uuids are ignored. change must not call the hub, whose lock is held.
func (h *Hub) EditMessage(uuid string, change func(*Message)) bool {
	return edit(h, &h.store.Messages, uuid, change)
}

func (m *Message) restoreIDs(old Message) { m.UUID, m.SessionUUID = old.UUID, old.SessionUUID }

func (m *Message) times() (created, modified *time.Time) { return &m.CreatedAt, &m.ModifiedAt }

// RemoveMessage deletes a message, as a user of the web app can, and reports whether it was found.
func (h *Hub) RemoveMessage(uuid string) bool {
	return h.modify(func(now time.Time) bool { return h.store.Messages.remove(now, uuid) })
}
