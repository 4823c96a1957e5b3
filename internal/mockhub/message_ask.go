package mockhub

import (
	"cmp"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// NoAnswer is the answer to a question that no source of the chatbot knows: two lines, with characters of two, three and four
// bytes.
const NoAnswer = "I’m sorry, I don’t know the answer to that yet 🙂\nCould you put it in other words – or ask me again after a café? I learn something new every day."

// The words of an answer that failed (Quirks.AnswerFails).
const (
	failedText  = "Sorry, something went wrong while I was answering. Please try again later."
	failedError = "the model stopped answering"
)

// lengthLimit is where Quirks.FinishLength cuts answers, in bytes.
const lengthLimit = 100

// answerMark at the beginning of a question makes its answer fail in one of the ways of Quirks.AnswerFails.
var answerMark = regexp.MustCompile(`^fail-(error_message|text|empty|empty_error|broken|broken_stored|broken_lost):`)

// utterance is an answer on its way to who asked.
type utterance struct {
	text    string        // what is sent
	broken  bool          // the connection breaks after it
	pause   time.Duration // before each of its pieces
	message Message       // what is stored in the end
	lost    bool          // nothing is
	// end stores what is still to be stored; nil if nothing is. Whoever sends the utterance calls it by finish, without the
	// hub's lock, before who asked can see the end.
	end func()
}

// finish lets the service finish its work on an answer, whatever became of the connection.
func (u *utterance) finish() {
	if u != nil && u.end != nil {
		u.end()
	}
}

func (h *Hub) streamMessage(c *call) answer {
	u, refused := h.ask(c)
	if refused != nil {
		return *refused
	}
	return answer{status: http.StatusOK, contentType: textType, spoken: &u}
}

// sendMessage answers in one piece: there is no time at which only the question is stored.
func (h *Hub) sendMessage(c *call) answer {
	c.quirks.MessageStoredFirst = false
	u, refused := h.ask(c)
	if refused != nil {
		return *refused
	}
	return answer{status: http.StatusOK, body: map[string]any{"response": u.text}, broken: u.broken}
}

// ask answers the question in a call's body, or says why not.
func (h *Hub) ask(c *call) (utterance, *answer) {
	refuse := func(a answer) (utterance, *answer) { return utterance{}, &a }
	s, is := h.store.Sessions.get(c.id)
	if !is {
		return refuse(h.noSession(c))
	}
	var query string
	c.body.only("query")
	c.body.require("query")
	c.body.fullText("query", &query, c.trim)
	if len(c.body.problems) > 0 {
		return refuse(invalid(c.body.problems...))
	}
	if s.Ended {
		return refuse(failure(c.quirks, cmp.Or(c.quirks.EndedStatus, http.StatusConflict), "session has ended"))
	}
	return h.askLocked(c.now, c.quirks, s, query), nil
}

// askLocked answers a question in a session and stores both as a message, unless the quirks say otherwise. It runs with the
// hub's lock held; what it returns is sent without (Hub.stream).
func (h *Hub) askLocked(now time.Time, q Quirks, s Session, query string) utterance {
	h.answers++
	seconds := now.Truncate(time.Second)
	kind, question := q.AnswerFails, query
	if mark := answerMark.FindStringSubmatch(query); mark != nil {
		kind, question = mark[1], strings.TrimPrefix(query, mark[0])
	}
	m := Message{UUID: newUUID(), SessionUUID: s.UUID, Query: query, FinishReason: "stop", CreatedAt: seconds, ModifiedAt: seconds}
	m.Response, m.Citations = h.store.knowledge(now, q, s.ChatbotUUID, question)
	if q.FinishLength && len(m.Response) > lengthLimit {
		m.Response, m.FinishReason = cutText(m.Response, lengthLimit), "length"
	}
	u := utterance{text: m.Response, message: m, pause: q.StreamPause}
	u.fail(kind)
	s.ModifiedAt = seconds
	h.store.Sessions.put(now, s.UUID, s)
	switch {
	case q.MessageStoredFirst:
		h.store.Messages.put(now, m.UUID, Message{
			UUID: m.UUID, SessionUUID: m.SessionUUID, Query: m.Query, Pending: true, CreatedAt: seconds, ModifiedAt: seconds,
		})
		u.end = func() { h.fill(u) }
	case !u.lost:
		h.store.Messages.put(now, m.UUID, u.message)
	}
	return u
}

// fill completes a message that was stored before its answer, unless somebody has deleted it meanwhile.
func (h *Hub) fill(u utterance) {
	h.outside(func(now time.Time) bool {
		if _, is := h.store.Messages.get(u.message.UUID); !is {
			return false
		}
		if u.lost {
			return h.store.Messages.remove(now, u.message.UUID)
		}
		u.message.ModifiedAt = now.Truncate(time.Second)
		h.store.Messages.put(now, u.message.UUID, u.message)
		return true
	})
}

// fail turns an answer into a failed one of a kind (Quirks.AnswerFails).
func (u *utterance) fail(kind string) {
	m := &u.message
	whole := m.Response
	half := cutText(whole, len(whole)/2)
	switch kind {
	case "error_message", "broken":
		u.text, m.Response = half, half
	case "text":
		u.text, m.Response, m.FinishReason = failedText, failedText, "stop"
	case "empty", "empty_error":
		u.text, m.Response = "", ""
	case "broken_stored", "broken_lost":
		u.text = half
	}
	if slices.Contains([]string{"error_message", "empty_error", "broken"}, kind) {
		m.FinishReason, m.ErrorMessage = "", failedError
	}
	if m.Response != whole {
		m.Citations = nil
	}
	u.broken, u.lost = strings.HasPrefix(kind, "broken"), kind == "broken_lost"
}

// knowledge is a chatbot's answer to a question, from the oldest Q&A source that has it, is trained and is used by an enabled
// agent that talks to visitors.
func (s *store) knowledge(now time.Time, q Quirks, chatbotUUID, question string) (string, []Citation) {
	agents := s.Agents.all(func(a Agent) bool { return a.ChatbotUUID == chatbotUUID && a.Enabled && a.Type == userFacing })
	found := s.Sources.all(func(src Source) bool {
		return src.ChatbotUUID == chatbotUUID && src.Type == qaSource && src.statusAt(now, q) == trained &&
			strings.EqualFold(core(src.Question), core(question)) &&
			slices.ContainsFunc(agents, func(a Agent) bool { return a.UseAllSources || slices.Contains(a.DataSourceUUIDs, src.UUID) })
	})
	if len(found) == 0 {
		return NoAnswer, nil
	}
	src := found[0].at(now, q)
	return src.Answer, []Citation{{
		Key: "1.1", DataSourceUUID: src.UUID, Title: src.Title, Text: src.Answer, FileName: src.FileName, Type: src.Type,
	}}
}

// core is a question without white space around it and punctuation at its end.
func core(question string) string {
	return strings.TrimRightFunc(strings.TrimSpace(question), func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune("?!.…。？！", r)
	})
}

// cutText returns the first n bytes of a text, less if a character would be split.
func cutText(text string, n int) string {
	for n > 0 && n < len(text) && !utf8.RuneStart(text[n]) {
		n--
	}
	return text[:n]
}
