package mockhub

import (
	"cmp"
	"slices"
	"time"
)

// Source is a stored source, so far only as much of it as agents need: that it is there. Its endpoints, its other fields and
// its training are still to come, and will take this file's place; AddSource and RemoveSource keep their form.
type Source struct{ UUID, ChatbotUUID string }

// hasSource reports whether a chatbot has a source.
func (s *store) hasSource(chatbotUUID, uuid string) bool {
	src, is := s.Sources.get(uuid)
	return is && src.ChatbotUUID == chatbotUUID
}

// removeSource removes a source, also from the agents that use it. Their modified_at stays: nobody has edited them.
func (s *store) removeSource(now time.Time, uuid string) bool {
	if !s.Sources.remove(now, uuid) {
		return false
	}
	for _, a := range s.Agents.all(func(a Agent) bool { return slices.Contains(a.DataSourceUUIDs, uuid) }) {
		a.DataSourceUUIDs = slices.DeleteFunc(slices.Clone(a.DataSourceUUIDs), func(u string) bool { return u == uuid })
		s.Agents.put(now, a.UUID, a)
	}
	return true
}

// AddSource adds a source to a chatbot as somebody in the web app would, and returns its uuid (a new one if s has none). A
// chatbot that is not there panics, and so does a UUID that is malformed or taken.
func (h *Hub) AddSource(chatbotUUID string, s Source) string {
	s.UUID, s.ChatbotUUID = cmp.Or(s.UUID, newUUID()), chatbotUUID
	h.outside(func(now time.Time) bool {
		mustHave(&h.store.Chatbots, "AddSource", "chatbot", chatbotUUID)
		mustBeFree(&h.store.Sources, "AddSource", s.UUID)
		h.store.Sources.put(now, s.UUID, s)
		return true
	})
	return s.UUID
}

// RemoveSource deletes a source as somebody in the web app would, and reports whether it was there.
func (h *Hub) RemoveSource(uuid string) bool {
	return h.outside(func(now time.Time) bool { return h.store.removeSource(now, uuid) })
}
