package mockhub

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// NoAnswer is the answer to a question that no source of the chatbot answers. It has two lines, and characters of two, three
// and four bytes.
const NoAnswer = "I’m sorry, I don’t know the answer to that yet 🙂\nCould you put it in other words – or ask me again after a café? I learn something new every day."

// The texts of an answer that failed (Quirks.AnswerFails).
const (
	failureAnswer  = "Sorry, something went wrong while I was answering. Please try again later."
	failureMessage = "the model stopped answering"
)

// lengthLimit is the length of answers with Quirks.FinishLength, in bytes.
const lengthLimit = 100

// failureMarker matches a prefix of questions that makes the answer fail in one of the ways of Quirks.AnswerFails.
var failureMarker = regexp.MustCompile(`^fail-(error_message|text|empty|empty_error|broken|broken_stored|broken_lost):`)

// streamedAnswer is the answer to a question, before it is sent.
type streamedAnswer struct {
	text      string        // what is sent
	broken    bool          // the connection is closed after it
	pause     time.Duration // the wait before each piece
	message   Message       // what is stored when it has been sent
	discarded bool          // nothing is stored
	// store completes the stored message. It is nil if there is nothing to complete. finish calls it without the hub's lock,
	// before the client can read the end of the answer.
	store func()
}

// finish completes the stored message, also if the connection was closed.
func (u *streamedAnswer) finish() {
	if u != nil && u.store != nil {
		u.store()
	}
}

func (h *Hub) streamMessage(c *call) answer {
	u, refused := h.ask(c)
	if refused != nil {
		return *refused
	}
	return answer{status: http.StatusOK, contentType: textType, streamed: &u}
}

// sendMessage sends the whole answer at once, so the message is never stored without its answer.
func (h *Hub) sendMessage(c *call) answer {
	c.quirks.MessageStoredFirst = false
	u, refused := h.ask(c)
	if refused != nil {
		return *refused
	}
	return answer{status: http.StatusOK, body: map[string]any{"response": u.text}, broken: u.broken}
}

// ask answers the question in the body of a request, or returns an error.
func (h *Hub) ask(c *call) (streamedAnswer, *answer) {
	refuse := func(a answer) (streamedAnswer, *answer) { return streamedAnswer{}, &a }
	s, found := h.store.Sessions.get(c.id)
	if !found {
		return refuse(h.sessionNotFound(c))
	}
	var query string
	var documents []string
	c.body.allowOnly("query", "session_document_uuids")
	c.body.require("query")
	c.body.nonEmptyText("query", &query, c.trim)
	h.readDocuments(c, s.ChatbotUUID, &documents)
	if len(c.body.problems) > 0 {
		return refuse(invalid(c.body.problems...))
	}
	if s.Ended {
		return refuse(failure(c.quirks, cmp.Or(c.quirks.EndedStatus, http.StatusConflict), "session has ended"))
	}
	return h.askLocked(c.now, c.quirks, s, query, documents), nil
}

// askLocked answers a question in a session and stores both as a message, with the changes of the quirks. It is called with
// the lock held. Its result is sent without the lock (Hub.stream). documents are the uuids of the documents of the question.
func (h *Hub) askLocked(now time.Time, q Quirks, s Session, query string, documents []string) streamedAnswer {
	h.answers++
	seconds := now.Truncate(time.Second)
	kind, question := q.AnswerFails, query
	if mark := failureMarker.FindStringSubmatch(query); mark != nil {
		kind, question = mark[1], strings.TrimPrefix(query, mark[0])
	}
	m := Message{UUID: newUUID(), SessionUUID: s.UUID, Query: query, FinishReason: "stop", SessionDocuments: documents, CreatedAt: seconds, ModifiedAt: seconds}
	m.Response, m.Citations = h.store.findAnswer(now, q, s, documents, question)
	if h.isWrong(q, question) {
		m.Response, m.Citations = NoAnswer, nil
	}
	if bot, _ := h.store.Chatbots.get(s.ChatbotUUID); q.CitationsOnlyShown && !bot.ShowCitations {
		m.Citations = nil
	}
	if q.FinishLength && len(m.Response) > lengthLimit {
		m.Response, m.FinishReason = cutText(m.Response, lengthLimit), "length"
	}
	u := streamedAnswer{text: m.Response, message: m, pause: q.StreamPause}
	u.fail(kind)
	if !q.MessagesKeepSession {
		s.ModifiedAt = seconds
		h.store.Sessions.put(now, s.UUID, s)
	}
	switch {
	case q.MessageStoredFirst:
		h.store.Messages.put(now, m.UUID, Message{
			UUID: m.UUID, SessionUUID: m.SessionUUID, Query: m.Query, SessionDocuments: documents, Pending: true, CreatedAt: seconds, ModifiedAt: seconds,
		})
		u.store = func() { h.completeMessage(u) }
	case !u.discarded:
		h.store.Messages.put(now, m.UUID, u.message)
	}
	return u
}

// isWrong reports whether the answer to a question is wrong (Quirks.AnswersWrong). It counts the question.
func (h *Hub) isWrong(q Quirks, question string) bool {
	if q.AnswersWrong <= 0 {
		return false
	}
	if h.asked == nil {
		h.asked = map[string]int{}
	}
	h.asked[question]++
	sum := sha256.Sum256(fmt.Appendf(nil, "%d/%d/%s", q.AnswerSeed, h.asked[question], question))
	return float64(binary.BigEndian.Uint64(sum[:])>>11)/(1<<53) < q.AnswersWrong
}

// completeMessage adds the answer to a message that was stored before its answer, if the message still exists.
func (h *Hub) completeMessage(u streamedAnswer) {
	h.modify(func(now time.Time) bool {
		if _, found := h.store.Messages.get(u.message.UUID); !found {
			return false
		}
		if u.discarded {
			return h.store.Messages.remove(now, u.message.UUID)
		}
		u.message.ModifiedAt = now.Truncate(time.Second)
		h.store.Messages.put(now, u.message.UUID, u.message)
		return true
	})
}

// fail makes an answer fail in one of the ways of Quirks.AnswerFails.
func (u *streamedAnswer) fail(kind string) {
	m := &u.message
	whole := m.Response
	half := cutText(whole, len(whole)/2)
	switch kind {
	case "error_message", "broken":
		u.text, m.Response = half, half
	case "text":
		u.text, m.Response, m.FinishReason = failureAnswer, failureAnswer, "stop"
	case "empty", "empty_error":
		u.text, m.Response = "", ""
	case "broken_stored", "broken_lost":
		u.text = half
	}
	if slices.Contains([]string{"error_message", "empty_error", "broken"}, kind) {
		m.FinishReason, m.ErrorMessage = "", failureMessage
	}
	if m.Response != whole {
		m.Citations = nil
	}
	u.broken, u.discarded = strings.HasPrefix(kind, "broken"), kind == "broken_lost"
}

// findAnswer returns the answer of a chatbot to a question and its citations: that of the oldest trained Q&A source with this question that an
// enabled user-facing agent uses, or with Quirks.AnswersFrom an answer from a document.
func (s *store) findAnswer(now time.Time, q Quirks, session Session, documents []string, question string) (string, []Citation) {
	for _, src := range s.answeringSources(now, q, session.ChatbotUUID) {
		if src.Type == qaSource && strings.EqualFold(normalizeQuestion(src.Question), normalizeQuestion(question)) {
			src = src.snapshot(now, q)
			return src.Answer, src.cite(src.Answer)
		}
	}
	if q.AnswersFrom != "documents" {
		return NoAnswer, nil
	}
	found, is := s.findInDocuments(now, q, session, documents, question)
	switch {
	case !is:
		return NoAnswer, nil
	case found.source == nil:
		return found.text, nil
	}
	return found.text, found.source.cite(found.text)
}

// cite returns the citation of a text of a source.
func (s Source) cite(text string) []Citation {
	return []Citation{{Key: "1.1", DataSourceUUID: s.UUID, Title: s.Title, Text: text, FileName: s.FileName, Type: s.Type}}
}

// answeringAgents returns the agents of a chatbot that answer visitors.
func (s *store) answeringAgents(chatbotUUID string) []Agent {
	return s.Agents.all(func(a Agent) bool { return a.ChatbotUUID == chatbotUUID && a.Enabled && a.Type == userFacing })
}

// answeringSources returns the trained sources that these agents use, oldest first.
func (s *store) answeringSources(now time.Time, q Quirks, chatbotUUID string) []Source {
	agents := s.answeringAgents(chatbotUUID)
	return s.Sources.all(func(src Source) bool {
		return src.ChatbotUUID == chatbotUUID && src.statusAt(now, q) == statusSuccess &&
			slices.ContainsFunc(agents, func(a Agent) bool { return a.UseAllSources || slices.Contains(a.DataSourceUUIDs, src.UUID) })
	})
}

// normalizeQuestion removes white space around a question and punctuation at its end.
func normalizeQuestion(question string) string {
	return strings.TrimRightFunc(strings.TrimSpace(question), func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune("?!.…。？！", r)
	})
}

// cutText returns the first n bytes of a text, or fewer to not split a character.
func cutText(text string, n int) string {
	for n > 0 && n < len(text) && !utf8.RuneStart(text[n]) {
		n--
	}
	return text[:n]
}
