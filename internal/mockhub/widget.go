package mockhub

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// maxQuestion is the maximum length of a visitor's question, in bytes.
const maxQuestion = 64 << 10

// widgetPath is the path of the chat page of a chatbot (api.md §3). The requests of the page have paths below it. Their
// errors are texts for the visitor. The requests of the service's own widget are not documented, so these are the mock's.
const widgetPath = "/widget/{uuid}"

// serveWidget sends the chat page, or a notice if visibility does not allow it (api.md §3).
func (h *Hub) serveWidget(w http.ResponseWriter, r *http.Request) {
	uuid := r.PathValue("uuid")
	b, found := h.Chatbot(uuid)
	framed := r.Header.Get("Sec-Fetch-Dest") == "iframe"
	w.Header().Set("Vary", "Sec-Fetch-Dest")
	switch {
	case !found:
		notice{Status: http.StatusNotFound, Title: "Chatbot not found", Text: "The mock has no chatbot with this uuid. It may have been deleted."}.send(w)
	case b.Visibility == "public" || b.Visibility == "hybrid" && framed:
		sendPageFile(w, r, "widget.html")
	case b.Visibility == "hybrid":
		scheme := "http"
		if r.TLS != nil {
			scheme = "https"
		}
		notice{
			Status: http.StatusOK, Title: "This chatbot is hybrid",
			Text: `Its chat works only embedded in another page, for example with the HTML below. With visibility = "public" it also works here.`,
			Code: fmt.Sprintf(`<iframe src="%s://%s/widget/%s" allow="clipboard-read; clipboard-write"></iframe>`, scheme, r.Host, uuid),
		}.send(w)
	default:
		notice{
			Status: http.StatusOK, Title: "This chatbot is private",
			Text: "Only its owner can use it. To chat with it here, set this argument of aichatbothub_chatbot and apply:",
			Code: `visibility = "public"`,
		}.send(w)
	}
}

// refusal is an error for a visitor. The zero value means no error.
type refusal struct {
	status int
	text   string
}

// send sends a refusal and reports whether it is an error.
func (no refusal) send(w http.ResponseWriter) bool {
	if no.status == 0 {
		return false
	}
	http.Error(w, no.text, no.status)
	return true
}

// visitedChatbot returns the chatbot of a request of the chat page, if visitors may use it. The lock is held.
func (h *Hub) visitedChatbot(r *http.Request) (Chatbot, refusal) {
	b, found := h.store.Chatbots.get(r.PathValue("uuid"))
	switch {
	case !found:
		return b, refusal{http.StatusNotFound, "This chatbot no longer exists."}
	case b.Visibility != "public" && b.Visibility != "hybrid":
		return b, refusal{http.StatusForbidden, "This chatbot is private now."}
	}
	return b, refusal{}
}

// conversation returns the chatbot and the session of a request of the chat page. The lock is held.
func (h *Hub) conversation(r *http.Request) (Chatbot, Session, refusal) {
	b, no := h.visitedChatbot(r)
	s, found := h.store.Sessions.get(r.PathValue("session"))
	if no.status == 0 && (!found || s.ChatbotUUID != b.UUID) {
		no = refusal{http.StatusNotFound, "This conversation no longer exists. Send the message again to start a new one."}
	}
	return b, s, no
}

// createChatSession creates a session and sends its uuid.
func (h *Hub) createChatSession(w http.ResponseWriter, r *http.Request) {
	var s Session
	var no refusal
	h.modify(func(now time.Time) bool {
		var b Chatbot
		if b, no = h.visitedChatbot(r); no.status == 0 {
			s = newSession(now, b.UUID)
			h.store.Sessions.put(now, s.UUID, s)
		}
		return no.status == 0
	})
	if no.send(w) {
		return
	}
	w.Header().Set("Content-Type", textType)
	_, _ = io.WriteString(w, s.UUID)
}

// serveChat sends a session's messages in JSON.
func (h *Hub) serveChat(w http.ResponseWriter, r *http.Request) {
	views, no := h.chatMessages(r)
	if no.send(w) {
		return
	}
	w.Header().Set("Content-Type", jsonType)
	_, _ = w.Write(encodeJSON(views))
}

func (h *Hub) chatMessages(r *http.Request) ([]messageView, refusal) {
	h.mu.Lock()
	defer h.mu.Unlock()
	b, s, no := h.conversation(r)
	views := []messageView{}
	for _, m := range h.store.Messages.all(func(m Message) bool { return m.SessionUUID == s.UUID }) {
		if !b.ShowCitations {
			m.Citations = nil
		}
		views = append(views, m.view())
	}
	return views, no
}

// answerChat streams the answer to the question in the body, which is plain text.
func (h *Hub) answerChat(w http.ResponseWriter, r *http.Request) {
	raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxQuestion))
	query := strings.TrimSpace(strings.ToValidUTF8(string(raw), "\ufffd"))
	var long *http.MaxBytesError
	switch {
	case errors.As(err, &long):
		refusal{http.StatusRequestEntityTooLarge, "This question is too long."}.send(w)
		return
	case err != nil || query == "":
		refusal{http.StatusBadRequest, "There is no question."}.send(w)
		return
	}
	var u streamedAnswer
	var no refusal
	h.modify(func(now time.Time) bool {
		var b Chatbot
		var s Session
		b, s, no = h.conversation(r)
		switch {
		case no.status != 0:
		case s.Ended:
			no = refusal{http.StatusConflict, "This conversation has ended. Send the message again to start a new one."}
		case h.store.questionsSince(s.UUID, now.Add(-time.Duration(b.RateLimitSeconds)*time.Second)) >= b.RateLimitMessages:
			no = refusal{http.StatusTooManyRequests, b.RateLimitMessage}
		default:
			u = h.askLocked(now, h.quirks, s, query, nil)
		}
		return no.status == 0
	})
	if no.send(w) {
		return
	}
	w.Header().Set("Content-Type", textType)
	h.stream(r.Context(), w, &u, Fault{})
}

// questionsSince returns the number of messages in a session since a time. Each open chat page has its own session, so the
// rate limit per visitor is applied to a session.
func (s *store) questionsSince(sessionUUID string, since time.Time) int {
	return len(s.Messages.all(func(m Message) bool { return m.SessionUUID == sessionUUID && m.CreatedAt.After(since) }))
}
