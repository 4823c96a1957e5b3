package mockhub

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// maxQuestion bounds a visitor's question, in bytes.
const maxQuestion = 64 << 10

// widgetPath is the page at which visitors chat with a chatbot (api.md §3). What the page asks the hub for lies below it, and
// answers errors as text for the visitor. None of it is in the contract: the service's own widget is its private affair.
const widgetPath = "/widget/{uuid}"

// serveWidget sends the chat, or why there is none: visibility says who may see it (api.md §3).
func (h *Hub) serveWidget(w http.ResponseWriter, r *http.Request) {
	uuid := r.PathValue("uuid")
	b, is := h.Chatbot(uuid)
	framed := r.Header.Get("Sec-Fetch-Dest") == "iframe"
	w.Header().Set("Vary", "Sec-Fetch-Dest")
	switch {
	case !is:
		notice{Status: http.StatusNotFound, Title: "No such chatbot", Text: "The mock holds no chatbot with this uuid. It may have been deleted."}.send(w)
	case b.Visibility == "public" || b.Visibility == "hybrid" && framed:
		sendPageFile(w, r, "widget.html")
	case b.Visibility == "hybrid":
		scheme := "http"
		if r.TLS != nil {
			scheme = "https"
		}
		notice{
			Status: http.StatusOK, Title: "This chatbot is hybrid",
			Text: `Its chat works only where it is embedded in another page, for example like this. With visibility = "public" it is here as well.`,
			Code: fmt.Sprintf(`<iframe src="%s://%s/widget/%s"></iframe>`, scheme, r.Host, uuid),
		}.send(w)
	default:
		notice{
			Status: http.StatusOK, Title: "This chatbot is private",
			Text: "Only its owner sees it. To chat with it here, give aichatbothub_chatbot this argument, and apply:",
			Code: `visibility = "public"`,
		}.send(w)
	}
}

// refusal tells a visitor why not; its zero value refuses nothing.
type refusal struct {
	status int
	words  string
}

// send sends a refusal and reports whether there is one.
func (no refusal) send(w http.ResponseWriter) bool {
	if no.status == 0 {
		return false
	}
	http.Error(w, no.words, no.status)
	return true
}

// visited returns the chatbot that a request of the widget is about, if visitors may chat with it. The lock is held.
func (h *Hub) visited(r *http.Request) (Chatbot, refusal) {
	b, is := h.store.Chatbots.get(r.PathValue("uuid"))
	switch {
	case !is:
		return b, refusal{http.StatusNotFound, "This chatbot is no longer there."}
	case b.Visibility != "public" && b.Visibility != "hybrid":
		return b, refusal{http.StatusForbidden, "This chatbot is private now."}
	}
	return b, refusal{}
}

// conversation returns the chatbot and the session that a request of the widget is about. The lock is held.
func (h *Hub) conversation(r *http.Request) (Chatbot, Session, refusal) {
	b, no := h.visited(r)
	s, is := h.store.Sessions.get(r.PathValue("session"))
	if no.status == 0 && (!is || s.ChatbotUUID != b.UUID) {
		no = refusal{http.StatusNotFound, "This conversation is no longer there. Send again to begin a new one."}
	}
	return b, s, no
}

// beginChat creates a session, as the API would, and sends its uuid.
func (h *Hub) beginChat(w http.ResponseWriter, r *http.Request) {
	var s Session
	var no refusal
	h.outside(func(now time.Time) bool {
		var b Chatbot
		if b, no = h.visited(r); no.status == 0 {
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

// chat streams the answer to the question in the body, which is plain text.
func (h *Hub) chat(w http.ResponseWriter, r *http.Request) {
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
	var u utterance
	var no refusal
	h.outside(func(now time.Time) bool {
		var b Chatbot
		var s Session
		b, s, no = h.conversation(r)
		switch {
		case no.status != 0:
		case s.Ended:
			no = refusal{http.StatusConflict, "This conversation has ended. Send again to begin a new one."}
		case h.store.asked(s.UUID, now.Add(-time.Duration(b.RateLimitSeconds)*time.Second)) >= b.RateLimitMessages:
			no = refusal{http.StatusTooManyRequests, b.RateLimitMessage}
		default:
			u = h.askLocked(now, h.quirks, s, query)
		}
		return no.status == 0
	})
	if no.send(w) {
		return
	}
	w.Header().Set("Content-Type", textType)
	h.stream(r.Context(), w, &u, Fault{})
}

// asked counts a session's messages since a time. To the widget a session is a visitor: a page begins its own.
func (s *store) asked(sessionUUID string, since time.Time) int {
	return len(s.Messages.all(func(m Message) bool { return m.SessionUUID == sessionUUID && m.CreatedAt.After(since) }))
}
