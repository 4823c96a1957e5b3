package mockhub

import (
	"cmp"
	"time"
)

// Sources returns a chatbot's sources as they are now, oldest first.
func (h *Hub) Sources(chatbotUUID string) []Source {
	h.mu.Lock()
	defer h.mu.Unlock()
	sources := h.store.Sources.all(func(s Source) bool { return s.ChatbotUUID == chatbotUUID })
	now := h.clock.Now()
	for i, s := range sources {
		sources[i] = s.at(now, h.quirks)
	}
	return sources
}

// Source returns one source as it is now, and whether it is there.
func (h *Hub) Source(uuid string) (Source, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	s, is := h.store.Sources.get(uuid)
	if !is {
		return Source{}, false
	}
	return s.at(h.clock.Now(), h.quirks), true
}

// AddSource adds a source to a chatbot as somebody in the web app would, and returns its uuid. Fields left zero get defaults
// (UUID: a new one; Type: upload; FileName: one of its own, or Question and Answer for qa; Title: the AI's; FileSize, Tokens:
// those of a page; TrainingBegan, CreatedAt: now; ModifiedAt: CreatedAt; FailuresLeft: all, if FailsWith is set). It is trained
// already, unless TrainingTime, Status or FailsWith is set. Values are not checked and markers not read, so that a test can
// store what the service may come to allow; but a chatbot that is not there panics, and so does a UUID that is malformed or
// taken.
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
	s.Title = cmp.Or(s.Title, s.aiTitle(Quirks{}))
	h.outside(func(now time.Time) bool {
		mustHave(&h.store.Chatbots, "AddSource", "chatbot", chatbotUUID)
		mustBeFree(&h.store.Sources, "AddSource", s.UUID)
		status, began := s.Status, s.TrainingBegan
		if began.IsZero() {
			began = now
		}
		s.begin(began, Quirks{}) // without its own time of training it has been trained already
		s.Status = status
		s.CreatedAt, s.ModifiedAt = stamps(now, s.CreatedAt, s.ModifiedAt)
		h.store.Sources.put(now, s.UUID, s)
		return true
	})
	return s.UUID
}

// EditSource lets f change a source as somebody in the web app would, and reports whether it was there. f sees it as it is
// now. A status that f changes stands still from then on, and a title that f changes counts as written. ModifiedAt moves to
// now unless f sets it; the uuids stay. f must not call the hub, whose lock is held.
func (h *Hub) EditSource(uuid string, f func(*Source)) bool {
	return h.outside(func(now time.Time) bool {
		old, is := h.store.Sources.get(uuid)
		if !is {
			return false
		}
		shown := old.at(now, h.quirks)
		edited := shown.clone()
		f(&edited)
		s := edited.clone() // f may keep what it was given, or what it has put in
		s.UUID, s.ChatbotUUID = old.UUID, old.ChatbotUUID
		if s.ModifiedAt.Equal(shown.ModifiedAt) {
			s.ModifiedAt = now
		}
		s.CreatedAt, s.ModifiedAt = stamps(now, s.CreatedAt, s.ModifiedAt)
		// What f has left alone goes on moving by itself.
		if s.FileSize == shown.FileSize {
			s.FileSize = old.FileSize
		}
		if s.Tokens == shown.Tokens {
			s.Tokens = old.Tokens
		}
		s.Status, s.Title = old.Status, old.Title
		if edited.Title != shown.Title {
			s.retitle(edited.Title, now, h.quirks)
		}
		if edited.Status != shown.Status {
			s.fix(edited.Status, now, h.quirks)
		}
		h.store.Sources.put(now, uuid, s)
		return true
	})
}

// SetSourceStatus gives a source a status as the service does, and reports whether the source was there. It stands still until
// the next training begins; "" lets it follow the training again. ModifiedAt stays.
func (h *Hub) SetSourceStatus(uuid, status string) bool {
	return h.outside(func(now time.Time) bool {
		s, is := h.store.Sources.get(uuid)
		if is {
			s.fix(status, now, h.quirks)
			h.store.Sources.put(now, uuid, s)
		}
		return is
	})
}

// RemoveSource deletes a source as somebody in the web app would, and reports whether it was there.
func (h *Hub) RemoveSource(uuid string) bool {
	return h.outside(func(now time.Time) bool { return h.store.removeSource(now, uuid) })
}
