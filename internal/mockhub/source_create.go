package mockhub

import (
	"net/http"
	"slices"
	"time"
)

// The size of all web pages, in bytes and in tokens. The mock does not fetch pages.
const (
	pageSize   = 4800
	pageTokens = 1200
)

// uploadTypes are the extensions of the files that can be uploaded (api.md §3).
func uploadTypes() []string {
	return []string{"pdf", "docx", "doc", "txt", "md", "tex", "csv", "xlsx", "xls", "png", "jpg", "jpeg", "gif", "webp", "bmp"}
}

func (h *Hub) createUpload(c *call) answer {
	if _, found := h.store.Chatbots.get(c.id); !found {
		return h.chatbotNotFound(c)
	}
	u := c.upload
	size := int(u.size)
	s := Source{Type: uploadSource, FileName: u.name, FileSize: size, Tokens: tokens(size), Hash: u.hash, Text: u.text()}
	c.body.httpURL("reference_source_link", &s.ReferenceSourceLink)
	switch {
	case len(c.body.problems) > 0:
		return invalid(c.body.problems...)
	case !c.quirks.AcceptsAnyFile && !slices.Contains(uploadTypes(), extension(u.name)):
		return failure(c.quirks, http.StatusBadRequest, "file type not allowed")
	case c.quirks.MaxUpload > 0 && u.size > c.quirks.MaxUpload:
		return failure(c.quirks, http.StatusRequestEntityTooLarge, "the file is too large")
	}
	if existing, found := h.store.duplicateSource(c, func(o Source) bool { return o.Type != qaSource && s.isDuplicateFile(c.quirks, o) }); found {
		return conflict(c, existing)
	}
	s.readMarker(c.quirks, u.name, u.beginning())
	if size == 0 && s.FailsWith == "" {
		s.FailsWith, s.FailuresLeft = "error:no text", -1
	}
	return h.addNewSource(c, s)
}

func (h *Hub) createQA(c *call) answer {
	if _, found := h.store.Chatbots.get(c.id); !found {
		return h.chatbotNotFound(c)
	}
	s := Source{Type: qaSource}
	c.body.allowOnly("question", "answer", "reference_source_link")
	c.body.require("question", "answer")
	c.body.nonEmptyText("question", &s.Question, c.trim)
	c.body.nonEmptyText("answer", &s.Answer, c.trim)
	c.body.httpURL("reference_source_link", &s.ReferenceSourceLink)
	if len(c.body.problems) > 0 {
		return invalid(c.body.problems...)
	}
	if c.quirks.DuplicateQuestions || c.quirks.OneAnswerPerQuestion {
		same := func(o Source) bool {
			return o.Type == qaSource && o.Question == s.Question && (c.quirks.OneAnswerPerQuestion || o.Answer == s.Answer)
		}
		if existing, found := h.store.duplicateSource(c, same); found {
			return conflict(c, existing)
		}
	}
	s.FileSize = len(s.Question) + len(s.Answer)
	s.Tokens = tokens(s.FileSize)
	s.readMarker(c.quirks, s.Question, s.Answer)
	return h.addNewSource(c, s)
}

func (h *Hub) createLink(c *call) answer {
	if _, found := h.store.Chatbots.get(c.id); !found {
		return h.chatbotNotFound(c)
	}
	s := Source{Type: linkSource, FileSize: pageSize, Tokens: pageTokens}
	c.body.allowOnly("url", "reference_source_link")
	c.body.require("url")
	c.body.httpURL("url", &s.FileName)
	c.body.httpURL("reference_source_link", &s.ReferenceSourceLink)
	if len(c.body.problems) > 0 {
		return invalid(c.body.problems...)
	}
	if c.quirks.DuplicateURLs != "never" {
		if existing, found := h.store.duplicateSource(c, func(o Source) bool { return o.Type != qaSource && o.renderName(c.quirks) == s.renderName(c.quirks) }); found {
			return conflict(c, existing)
		}
	}
	s.readMarker(c.quirks, s.FileName)
	return h.addNewSource(c, s)
}

// isDuplicateFile reports whether an upload is a duplicate of another source.
func (s Source) isDuplicateFile(q Quirks, o Source) bool {
	sameName, sameContent := o.FileName == s.FileName, o.Hash == s.Hash
	switch q.DuplicateFiles {
	case "never":
		return false
	case "content":
		return sameContent
	case "either":
		return sameName || sameContent
	case "both":
		return sameName && sameContent
	}
	return sameName
}

// duplicateSource returns the oldest source of the chatbot for which match returns true.
func (s *store) duplicateSource(c *call, match func(Source) bool) (Source, bool) {
	existing := s.Sources.all(func(o Source) bool { return o.ChatbotUUID == c.id && match(o) })
	if len(existing) == 0 {
		return Source{}, false
	}
	return existing[0], true
}

// conflict is the answer to the create of a duplicate. Its body is the existing source (api.md §3).
func conflict(c *call, existing Source) answer {
	return answer{status: http.StatusConflict, body: existing.renderWritten(c.now, c.quirks, !c.quirks.SourceCreateFull)}
}

// addNewSource stores a new source and starts its training.
func (h *Hub) addNewSource(c *call, s Source) answer {
	now := c.now.Truncate(time.Second)
	s.UUID, s.ChatbotUUID, s.CreatedAt, s.ModifiedAt = newUUID(), c.id, now, now
	s.startTraining(c.now, c.quirks)
	s.AITitle = s.generatedTitle(c.quirks)
	switch {
	case c.quirks.TitleAppearsLate:
	case c.quirks.TitleChangesLate:
		s.Title = s.subject()
	default:
		s.Title = s.AITitle
	}
	h.store.Sources.put(c.now, s.UUID, s)
	// Training is asynchronous. The answer shows a source in training even if the training takes no time.
	s.Status = s.trainingStatuses(c.quirks)[0]
	return ok(s.renderWritten(c.now, c.quirks, !c.quirks.SourceCreateFull))
}

// tokens is an estimate of the number of tokens in a text.
func tokens(bytes int) int { return (bytes + 3) / 4 }
