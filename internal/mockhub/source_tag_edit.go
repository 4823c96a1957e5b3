package mockhub

import (
	"cmp"
	"time"
)

// Tags returns the source tags of a chatbot, oldest first.
func (h *Hub) Tags(chatbotUUID string) []SourceTag {
	h.mu.Lock()
	defer h.mu.Unlock()
	tags := h.store.Tags.all(func(t SourceTag) bool { return t.ChatbotUUID == chatbotUUID })
	for i, t := range tags {
		tags[i] = t.clone()
	}
	return tags
}

// Tag returns a source tag, and whether it exists.
func (h *Hub) Tag(uuid string) (SourceTag, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	t, found := h.store.Tags.get(uuid)
	return t.clone(), found
}

// AddTag adds a source tag to a chatbot, as a user of the web app can, and returns its uuid. Zero fields get defaults (UUID: a
// new one; Name: "tag"; Color: "#0071F9"; CreatedAt: now; ModifiedAt: CreatedAt). Values are not checked, so that tests can
// store values that the service may allow later. AddTag panics if the chatbot does not exist, or if the UUID is malformed or
// already used.
func (h *Hub) AddTag(chatbotUUID string, t SourceTag) string {
	t = t.clone()
	t.UUID, t.ChatbotUUID = cmp.Or(t.UUID, newUUID()), chatbotUUID
	t.Name, t.Color = cmp.Or(t.Name, "tag"), cmp.Or(t.Color, "#0071F9")
	h.modify(func(now time.Time) bool {
		mustExist(&h.store.Chatbots, "AddTag", "chatbot", chatbotUUID)
		mustBeUnused(&h.store.Tags, "AddTag", t.UUID)
		t.CreatedAt, t.ModifiedAt = fillTimes(now, t.CreatedAt, t.ModifiedAt)
		h.store.Tags.put(now, t.UUID, t)
		return true
	})
	return t.UUID
}

// EditTag lets change alter a source tag, as a user of the web app can, and reports whether it was found. ModifiedAt is set
// to now unless change sets it. Changes of the uuids are ignored. change must not call the hub, whose lock is held.
func (h *Hub) EditTag(uuid string, change func(*SourceTag)) bool {
	return edit(h, &h.store.Tags, uuid, change)
}

func (t *SourceTag) restoreIDs(old SourceTag) { t.UUID, t.ChatbotUUID = old.UUID, old.ChatbotUUID }

func (t *SourceTag) times() (created, modified *time.Time) { return &t.CreatedAt, &t.ModifiedAt }

// RemoveTag deletes a source tag but not its sources, as a user of the web app can, and reports whether it was found.
func (h *Hub) RemoveTag(uuid string) bool {
	return h.modify(func(now time.Time) bool { return h.store.Tags.remove(now, uuid) })
}
