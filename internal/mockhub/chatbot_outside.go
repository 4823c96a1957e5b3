package mockhub

import (
	"cmp"
	"time"
)

// AddChatbot adds a chatbot as somebody in the web app would, with its default agent, and returns its uuid. Fields left zero
// get the service's defaults (UUID: a new one; Name: "Chatbot"; CreatedAt: now; ModifiedAt: CreatedAt). Values are not
// checked, so that a test can store what the service may come to allow; but a UUID that is malformed or taken panics.
func (h *Hub) AddChatbot(b Chatbot) string {
	d := chatbotDefaults()
	b.UUID = cmp.Or(b.UUID, newUUID())
	b.Name = cmp.Or(b.Name, "Chatbot")
	b.Visibility = cmp.Or(b.Visibility, d.Visibility)
	b.RateLimitMessage = cmp.Or(b.RateLimitMessage, d.RateLimitMessage)
	b.RateLimitMessages = cmp.Or(b.RateLimitMessages, d.RateLimitMessages)
	b.RateLimitSeconds = cmp.Or(b.RateLimitSeconds, d.RateLimitSeconds)
	h.outside(func(now time.Time) bool {
		mustBeFree(&h.store.Chatbots, "AddChatbot", b.UUID)
		b.CreatedAt, b.ModifiedAt = stamps(now, b.CreatedAt, b.ModifiedAt)
		h.store.addChatbot(now, b)
		return true
	})
	return b.UUID
}

// EditChatbot lets f change a chatbot as somebody in the web app would, and reports whether it was there. ModifiedAt moves to
// now unless f sets it; the uuid stays. f must not call the hub, whose lock is held.
func (h *Hub) EditChatbot(uuid string, f func(*Chatbot)) bool {
	return h.outside(func(now time.Time) bool {
		b, is := h.store.Chatbots.get(uuid)
		if !is {
			return false
		}
		before := b.ModifiedAt
		f(&b)
		b.UUID = uuid
		if b.ModifiedAt.Equal(before) {
			b.ModifiedAt = now
		}
		b.CreatedAt, b.ModifiedAt = stamps(now, b.CreatedAt, b.ModifiedAt)
		h.store.Chatbots.put(now, uuid, b)
		return true
	})
}

// RemoveChatbot deletes a chatbot and what is in it as somebody in the web app would, and reports whether it was there.
func (h *Hub) RemoveChatbot(uuid string) bool {
	return h.outside(func(now time.Time) bool { return h.store.removeChatbot(now, uuid) })
}
