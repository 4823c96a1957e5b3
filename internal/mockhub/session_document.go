package mockhub

import (
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"time"
)

// minDocumentContext is the smallest context, in thousands of tokens, of a model that can read documents (api.md §2).
const minDocumentContext = 16

// SessionDocument is a document that was uploaded for questions (api.md §2). It belongs to no chatbot. Nothing lists or deletes documents.
type SessionDocument struct {
	UUID, FileName string
	// FileSize is the number of bytes.
	FileSize int
	// Text is the beginning of the file, if it is a text.
	Text      string
	CreatedAt time.Time
}

func sessionDocumentRoutes() []route {
	return []route{{method: http.MethodPost, path: "/session-document/upload", body: readDocument, serve: (*Hub).uploadDocument}}
}

func (h *Hub) uploadDocument(c *call) answer {
	u := c.upload
	switch {
	case len(c.body.problems) > 0:
		return invalid(c.body.problems...)
	case !slices.Contains(uploadTypes(), extension(u.name)):
		return failure(c.quirks, http.StatusBadRequest, "file type not allowed")
	}
	d := SessionDocument{UUID: newUUID(), FileName: u.name, FileSize: int(u.size), Text: u.text(), CreatedAt: c.now.Truncate(time.Second)}
	h.store.Documents.put(c.now, d.UUID, d)
	return ok(d.render())
}

// render is the answer to an upload. Only the uuid is documented.
func (d SessionDocument) render() map[string]any {
	return map[string]any{
		"uuid": d.UUID, "file_name": d.FileName, "file_size": d.FileSize, "tokens": tokens(d.FileSize),
		"created_at": formatTime(d.CreatedAt), "modified_at": formatTime(d.CreatedAt),
	}
}

// readDocuments reads the documents of a question in a chatbot into to.
func (h *Hub) readDocuments(c *call, chatbotUUID string, to *[]string) {
	const key = "session_document_uuids"
	if !c.body.uuids(key, to, nil) {
		return
	}
	for i, uuid := range *to {
		if _, found := h.store.Documents.get(uuid); !found {
			c.body.addProblem("there is no such document", "value_error", key, i)
		}
	}
	if len(*to) > 0 && !h.store.readsDocuments(chatbotUUID) {
		c.body.addProblem("no agent has a model with a context of 16k or more", "value_error", key)
	}
}

var contextSize = regexp.MustCompile(`-([0-9]+)k$`)

// readsDocuments reports whether a chatbot has an enabled user-facing agent whose model has a context that is large enough.
func (s *store) readsDocuments(chatbotUUID string) bool {
	return slices.ContainsFunc(s.answeringAgents(chatbotUUID), func(a Agent) bool {
		size := contextSize.FindStringSubmatch(a.Model)
		if size == nil {
			return false
		}
		n, _ := strconv.Atoi(size[1])
		return n >= minDocumentContext
	})
}

// documentsOf returns the documents of all questions in a session, and others, oldest question first.
func (s *store) documentsOf(sessionUUID string, others []string) []SessionDocument {
	var uuids []string
	for _, m := range s.Messages.all(func(m Message) bool { return m.SessionUUID == sessionUUID }) {
		uuids = append(uuids, m.SessionDocuments...)
	}
	var found []SessionDocument
	for _, uuid := range append(uuids, others...) {
		if d, is := s.Documents.get(uuid); is {
			found = append(found, d)
		}
	}
	return found
}
