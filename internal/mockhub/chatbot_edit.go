package mockhub

import (
	"cmp"
	"time"
)

// AddChatbot adds a chatbot with its default agent, as a user of the web app can, and returns its uuid. Zero fields get the
// defaults of the service (UUID: a new one; Name: "Chatbot"; CreatedAt: now; ModifiedAt: CreatedAt). Values are not
// checked, so that tests can store values that the service may allow later. AddChatbot panics if the UUID is malformed or
// already used.
func (h *Hub) AddChatbot(b Chatbot) string {
	d := chatbotDefaults()
	b.UUID = cmp.Or(b.UUID, newUUID())
	b.Name = cmp.Or(b.Name, "Chatbot")
	b.Visibility = cmp.Or(b.Visibility, d.Visibility)
	b.RateLimitMessage = cmp.Or(b.RateLimitMessage, d.RateLimitMessage)
	b.RateLimitMessages = cmp.Or(b.RateLimitMessages, d.RateLimitMessages)
	b.RateLimitSeconds = cmp.Or(b.RateLimitSeconds, d.RateLimitSeconds)
	h.modify(func(now time.Time) bool {
		mustBeUnused(&h.store.Chatbots, "AddChatbot", b.UUID)
		b.CreatedAt, b.ModifiedAt = fillTimes(now, b.CreatedAt, b.ModifiedAt)
		h.store.addChatbot(now, b)
		return true
	})
	return b.UUID
}

// EditChatbot lets change alter a chatbot, as a user of the web app can, and reports whether it was found. ModifiedAt is set
// to now unless change sets it. Changes of the uuid are ignored. change must not call the hub, whose lock is held.
func (h *Hub) EditChatbot(uuid string, change func(*Chatbot)) bool {
	return edit(h, &h.store.Chatbots, uuid, change)
}

func (b *Chatbot) restoreIDs(old Chatbot) { b.UUID = old.UUID }

func (b *Chatbot) times() (created, modified *time.Time) { return &b.CreatedAt, &b.ModifiedAt }

// RemoveChatbot deletes a chatbot and all objects in it, as a user of the web app can, and reports whether it was found.
func (h *Hub) RemoveChatbot(uuid string) bool {
	return h.modify(func(now time.Time) bool { return h.store.removeChatbot(now, uuid) })
}

func (b Chatbot) clone() Chatbot { return b }
