package mockhub

import (
	"cmp"
	"time"
)

// Sources returns the current sources of a chatbot, oldest first.
func (h *Hub) Sources(chatbotUUID string) []Source {
	h.mu.Lock()
	defer h.mu.Unlock()
	sources := h.store.Sources.all(func(s Source) bool { return s.ChatbotUUID == chatbotUUID })
	now := h.clock.Now()
	for i, s := range sources {
		sources[i] = s.snapshot(now, h.quirks)
	}
	return sources
}

// Source returns a source with its current values, and whether it exists.
func (h *Hub) Source(uuid string) (Source, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	s, found := h.store.Sources.get(uuid)
	if !found {
		return Source{}, false
	}
	return s.snapshot(h.clock.Now(), h.quirks), true
}

// AddSource adds a source to a chatbot, as a user of the web app can, and returns its uuid. Zero fields get defaults (UUID: a
// new one; Type: upload; FileName: one with the uuid, or Question and Answer for qa; Title: a generated one; FileSize,
// Tokens: those of a web page; TrainingBegan, CreatedAt: now; ModifiedAt: CreatedAt; FailuresLeft: all, if FailsWith is set).
// The training is complete unless TrainingTime, Status or FailsWith is set. Values are not checked and markers are ignored,
// so that tests can store values that the service may allow later. AddSource panics if the chatbot does not exist, or if the
// UUID is malformed or already used.
func (h *Hub) AddSource(chatbotUUID string, s Source) string {
	s = s.clone()
	s.UUID, s.ChatbotUUID = cmp.Or(s.UUID, newUUID()), chatbotUUID
	s.Type, s.FileSize, s.Tokens = cmp.Or(s.Type, uploadSource), cmp.Or(s.FileSize, pageSize), cmp.Or(s.Tokens, pageTokens)
	switch s.Type {
	case qaSource:
		s.Question, s.Answer = cmp.Or(s.Question, "Which source is this?"), cmp.Or(s.Answer, "It is "+s.UUID+".")
	case linkSource:
		s.FileName = cmp.Or(s.FileName, "https://example.com/"+s.UUID)
	default:
		s.FileName = cmp.Or(s.FileName, s.UUID+".txt")
	}
	if s.FailsWith != "" {
		s.FailuresLeft = cmp.Or(s.FailuresLeft, -1)
	}
	s.Title = cmp.Or(s.Title, s.generatedTitle(Quirks{}))
	h.modify(func(now time.Time) bool {
		mustExist(&h.store.Chatbots, "AddSource", "chatbot", chatbotUUID)
		mustBeUnused(&h.store.Sources, "AddSource", s.UUID)
		status, began := s.Status, s.TrainingBegan
		if began.IsZero() {
			began = now
		}
		s.startTraining(began, Quirks{}) // with zero Quirks, a source without TrainingTime is trained at once
		s.Status = status
		s.CreatedAt, s.ModifiedAt = fillTimes(now, s.CreatedAt, s.ModifiedAt)
		h.store.Sources.put(now, s.UUID, s)
		return true
	})
	return s.UUID
}

// EditSource lets f change a source, as a user of the web app can, and reports whether it was found. f gets the current
// values. A status that f changes does not change until the next training. A title that f changes is treated like an
// updated one. ModifiedAt is set to now unless f sets it. Changes of the uuids are ignored. f must not call the hub, whose
// lock is held.
func (h *Hub) EditSource(uuid string, f func(*Source)) bool {
	return h.modify(func(now time.Time) bool {
		old, found := h.store.Sources.get(uuid)
		if !found {
			return false
		}
		shown := old.snapshot(now, h.quirks)
		edited := shown.clone()
		f(&edited)
		s := edited.clone() // f may have kept a reference to what it was given
		s.UUID, s.ChatbotUUID = old.UUID, old.ChatbotUUID
		if s.ModifiedAt.Equal(shown.ModifiedAt) {
			s.ModifiedAt = now
		}
		s.CreatedAt, s.ModifiedAt = fillTimes(now, s.CreatedAt, s.ModifiedAt)
		// Values that f has not changed continue to follow the training.
		if s.FileSize == shown.FileSize {
			s.FileSize = old.FileSize
		}
		if s.Tokens == shown.Tokens {
			s.Tokens = old.Tokens
		}
		s.Status, s.Title = old.Status, old.Title
		if edited.Title != shown.Title {
			s.setTitle(edited.Title, now, h.quirks)
		}
		if edited.Status != shown.Status {
			s.setStatus(edited.Status, now, h.quirks)
		}
		h.store.Sources.put(now, uuid, s)
		return true
	})
}

// SetSourceStatus sets the status of a source until its next training, and reports whether the source was found. "" makes
// the status follow the training again. ModifiedAt does not change.
func (h *Hub) SetSourceStatus(uuid, status string) bool {
	return h.modify(func(now time.Time) bool {
		s, found := h.store.Sources.get(uuid)
		if found {
			s.setStatus(status, now, h.quirks)
			h.store.Sources.put(now, uuid, s)
		}
		return found
	})
}

// RemoveSource deletes a source, as a user of the web app can, and reports whether it was found.
func (h *Hub) RemoveSource(uuid string) bool {
	return h.modify(func(now time.Time) bool { return h.store.removeSource(now, uuid) })
}
