package mockhub

import (
	"cmp"
	"time"
)

// Tags returns a chatbot's source tags, oldest first.
func (h *Hub) Tags(chatbotUUID string) []SourceTag {
	h.mu.Lock()
	defer h.mu.Unlock()
	tags := h.store.Tags.all(func(t SourceTag) bool { return t.ChatbotUUID == chatbotUUID })
	for i, t := range tags {
		tags[i] = t.clone()
	}
	return tags
}

// Tag returns one source tag, and whether it is there.
func (h *Hub) Tag(uuid string) (SourceTag, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	t, is := h.store.Tags.get(uuid)
	return t.clone(), is
}

// AddTag adds a source tag to a chatbot as somebody in the web app would, and returns its uuid. Fields left zero get defaults
// (UUID: a new one; Name: "tag"; Color: "#0071F9"; CreatedAt: now; ModifiedAt: CreatedAt). Values are not checked, so that a
// test can store what the service may come to allow; but a chatbot that is not there panics, and so does a UUID that is
// malformed or taken.
func (h *Hub) AddTag(chatbotUUID string, t SourceTag) string {
	t = t.clone()
	t.UUID, t.ChatbotUUID = cmp.Or(t.UUID, newUUID()), chatbotUUID
	t.Name, t.Color = cmp.Or(t.Name, "tag"), cmp.Or(t.Color, "#0071F9")
	h.outside(func(now time.Time) bool {
		mustHave(&h.store.Chatbots, "AddTag", "chatbot", chatbotUUID)
		mustBeFree(&h.store.Tags, "AddTag", t.UUID)
		t.CreatedAt, t.ModifiedAt = stamps(now, t.CreatedAt, t.ModifiedAt)
		h.store.Tags.put(now, t.UUID, t)
		return true
	})
	return t.UUID
}

// EditTag lets f change a source tag as somebody in the web app would, and reports whether it was there. ModifiedAt moves to
// now unless f sets it; the uuids stay. f must not call the hub, whose lock is held.
func (h *Hub) EditTag(uuid string, f func(*SourceTag)) bool {
	return h.outside(func(now time.Time) bool {
		old, is := h.store.Tags.get(uuid)
		if !is {
			return false
		}
		edited := old.clone()
		f(&edited)
		t := edited.clone() // f may keep what it was given, or what it has put in
		t.UUID, t.ChatbotUUID = old.UUID, old.ChatbotUUID
		if t.ModifiedAt.Equal(old.ModifiedAt) {
			t.ModifiedAt = now
		}
		t.CreatedAt, t.ModifiedAt = stamps(now, t.CreatedAt, t.ModifiedAt)
		h.store.Tags.put(now, uuid, t)
		return true
	})
}

// RemoveTag deletes a source tag as somebody in the web app would, and reports whether it was there. Its sources stay.
func (h *Hub) RemoveTag(uuid string) bool {
	return h.outside(func(now time.Time) bool { return h.store.Tags.remove(now, uuid) })
}
