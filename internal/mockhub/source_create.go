package mockhub

import (
	"net/http"
	"slices"
	"time"
)

// A page's size, in bytes and in tokens: nothing is fetched.
const (
	pageSize   = 4800
	pageTokens = 1200
)

// uploadTypes are the extensions of the files that can be uploaded (api.md §3).
func uploadTypes() []string {
	return []string{"pdf", "docx", "doc", "txt", "md", "tex", "csv", "xlsx", "xls", "png", "jpg", "jpeg", "gif", "webp", "bmp"}
}

func (h *Hub) createUpload(c *call) answer {
	if _, is := h.store.Chatbots.get(c.id); !is {
		return h.noChatbot(c)
	}
	u := c.upload
	size := int(u.size)
	s := Source{Type: uploadSource, FileName: u.name, FileSize: size, Tokens: tokens(size), Hash: u.hash}
	c.body.link("reference_source_link", &s.ReferenceSourceLink)
	switch {
	case len(c.body.problems) > 0:
		return invalid(c.body.problems...)
	case !slices.Contains(uploadTypes(), extension(u.name)):
		return failure(c.quirks, http.StatusBadRequest, "file type not allowed")
	case c.quirks.MaxUpload > 0 && u.size > c.quirks.MaxUpload:
		return failure(c.quirks, http.StatusRequestEntityTooLarge, "the file is too large")
	}
	switch c.quirks.DuplicateFiles {
	case "never":
	case "content":
		if twin, is := h.store.sourceTwin(c, func(o Source) bool { return o.Hash == s.Hash }); is {
			return conflict(c, twin)
		}
	default:
		if twin, is := h.store.sourceTwin(c, func(o Source) bool { return o.FileName == s.FileName }); is {
			return conflict(c, twin)
		}
	}
	s.mark(c.quirks, u.name, string(u.head.kept))
	if size == 0 && s.FailsWith == "" {
		s.FailsWith, s.FailuresLeft = "error:no text", -1
	}
	return h.addNewSource(c, s)
}

func (h *Hub) createQA(c *call) answer {
	if _, is := h.store.Chatbots.get(c.id); !is {
		return h.noChatbot(c)
	}
	s := Source{Type: qaSource}
	c.body.only("question", "answer", "reference_source_link")
	c.body.require("question", "answer")
	c.body.fullText("question", &s.Question, c.trim)
	c.body.fullText("answer", &s.Answer, c.trim)
	c.body.link("reference_source_link", &s.ReferenceSourceLink)
	if len(c.body.problems) > 0 {
		return invalid(c.body.problems...)
	}
	s.FileSize = len(s.Question) + len(s.Answer)
	s.Tokens = tokens(s.FileSize)
	s.mark(c.quirks, s.Question, s.Answer)
	return h.addNewSource(c, s)
}

func (h *Hub) createLink(c *call) answer {
	if _, is := h.store.Chatbots.get(c.id); !is {
		return h.noChatbot(c)
	}
	s := Source{Type: linkSource, FileSize: pageSize, Tokens: pageTokens}
	c.body.only("url", "reference_source_link")
	c.body.require("url")
	c.body.link("url", &s.FileName)
	c.body.link("reference_source_link", &s.ReferenceSourceLink)
	if len(c.body.problems) > 0 {
		return invalid(c.body.problems...)
	}
	if c.quirks.DuplicateURLs != "never" {
		if twin, is := h.store.sourceTwin(c, func(o Source) bool { return o.FileName == s.FileName }); is {
			return conflict(c, twin)
		}
	}
	s.mark(c.quirks, s.FileName)
	return h.addNewSource(c, s)
}

// sourceTwin returns the oldest source of the chatbot that match accepts. Q&A sources have no twins.
func (s *store) sourceTwin(c *call, match func(Source) bool) (Source, bool) {
	twins := s.Sources.all(func(o Source) bool { return o.ChatbotUUID == c.id && o.Type != qaSource && match(o) })
	if len(twins) == 0 {
		return Source{}, false
	}
	return twins[0], true
}

// conflict is the answer to a duplicate: the existing source (api.md §3), in the form of a create's answer.
func conflict(c *call, twin Source) answer {
	return answer{status: http.StatusConflict, body: twin.renderWritten(c.now, c.quirks, !c.quirks.SourceCreateFull)}
}

// addNewSource stores a source that the request asks for and puts it into training.
func (h *Hub) addNewSource(c *call, s Source) answer {
	now := c.now.Truncate(time.Second)
	s.UUID, s.ChatbotUUID, s.CreatedAt, s.ModifiedAt = newUUID(), c.id, now, now
	s.begin(c.now, c.quirks)
	s.AITitle = s.aiTitle(c.quirks)
	switch {
	case c.quirks.TitleAppearsLate:
	case c.quirks.TitleChangesLate:
		s.Title = s.subject()
	default:
		s.Title = s.AITitle
	}
	h.store.Sources.put(c.now, s.UUID, s)
	// Training is asynchronous: the answer comes before it, however short it is.
	s.Status = s.working(c.quirks)[0]
	return ok(s.renderWritten(c.now, c.quirks, !c.quirks.SourceCreateFull))
}

// tokens is a rough count of the tokens in a text.
func tokens(bytes int) int { return (bytes + 3) / 4 }
