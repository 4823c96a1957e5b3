package mockhub_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

func TestBrowserChat(t *testing.T) {
	t.Parallel()
	needBrowser(t) // here, because the cleanup below looks at what the subtests did
	w := populated(t)
	w.Forget()
	for name, o := range map[string]order{"light": {}, "dark": {Dark: true}, "phone": {Width: 390, Height: 700}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := w.chat(t, o)
			p.ask("when are you OPEN")
			if got := p.text(".response"); got != openAt {
				t.Errorf("answer %q", got)
			}
			if got := p.last(); !strings.HasSuffix(got, "\nSources\nAbout When are you open?") {
				t.Errorf("no citation: %q", got)
			}
			p.act(order{Action: "type", Selector: "#question", Text: "Two"})
			p.act(order{Action: "press", Selector: "#question", Text: "Shift+Enter"})
			p.ask("lines")
			if got := p.last(); !strings.HasPrefix(got, "Two\nlines\n") || !strings.HasSuffix(got, mockhub.NoAnswer) {
				t.Errorf("question and answer %q", got)
			}
			p.shoot("widget-" + name)
			before := p.text("#log")
			p.act(order{Action: "reload"})
			p.until("document.querySelectorAll('article').length === 2 && !document.querySelector('button').disabled")
			if got := p.text("#log"); got != before {
				t.Errorf("after a reload %q, before it %q", got, before)
			}
			if strings.Contains(p.run("document.documentElement.outerHTML"), "Northwind") {
				t.Error("visitors see the chatbot's name (api.md §3)")
			}
		})
	}
	t.Cleanup(func() {
		sessions := w.Sessions(chatbotID)
		if len(sessions) != 4 || w.Answers() != 6 || len(w.Messages(sessions[3].UUID)) != 2 {
			t.Errorf("%d sessions and %d answers, want 4 and 6", len(sessions), w.Answers())
		}
		if w.Count("") != 0 {
			t.Errorf("the widget is in the request log: %v", w.Requests())
		}
	})
}

// gated is a ResponseWriter whose second and later writes wait.
type gated struct {
	http.ResponseWriter
	open   <-chan struct{}
	writes int
}

func (g *gated) Unwrap() http.ResponseWriter { return g.ResponseWriter }

func (g *gated) Write(b []byte) (int, error) {
	if g.writes++; g.writes > 1 {
		<-g.open
	}
	return g.ResponseWriter.Write(b)
}

// TestBrowserChatInPieces: the page shows each part of an answer when it arrives, even if the part ends within a character.
func TestBrowserChatInPieces(t *testing.T) {
	t.Parallel()
	w := serve(t, mockhub.Options{})
	w.AddChatbot(mockhub.Chatbot{UUID: chatbotID, Visibility: "public"})
	open := make(chan struct{})
	release := sync.OnceFunc(func() { close(open) })
	s := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/message") {
			rw = &gated{ResponseWriter: rw, open: open}
		}
		w.ServeHTTP(rw, r)
	}))
	t.Cleanup(s.Close)
	t.Cleanup(release)
	w.url = s.URL
	p := w.chat(t, order{})
	p.send("Hello?")
	p.until("document.querySelector('.response')?.textContent === 'I'") // two bytes of the next character may have arrived
	if p.run("document.querySelector('button').disabled && log.ariaBusy === 'true'") != "true" {
		t.Error("the page shows the answer as complete")
	}
	release()
	p.until("!document.querySelector('button').disabled")
	if got := p.text(".response"); got != mockhub.NoAnswer {
		t.Errorf("answer %q", got)
	}
}

func TestBrowserRateLimit(t *testing.T) {
	t.Parallel()
	w := serve(t, mockhub.Options{})
	w.AddChatbot(mockhub.Chatbot{
		UUID: chatbotID, Visibility: "public", RateLimitMessages: 2, RateLimitSeconds: 60, RateLimitMessage: "Slowly, please.",
	})
	p := w.chat(t, order{}, "429")
	p.ask("One?")
	p.ask("Two?")
	p.ask("Three?")
	if got := p.last(); got != "Three?\nSlowly, please." {
		t.Errorf("over the limit: %q", got)
	}
	p.shoot("widget-rate-limit")
	if w.Answers() != 2 {
		t.Errorf("%d answers, want 2", w.Answers())
	}
	other := w.chat(t, order{Tab: "somebody else"})
	other.ask("One?")
	if got := other.last(); !strings.HasSuffix(got, mockhub.NoAnswer) {
		t.Errorf("another visitor: %q", got)
	}
	w.Clock().Advance(time.Minute)
	p.ask("Four?")
	if got := p.last(); !strings.HasSuffix(got, mockhub.NoAnswer) {
		t.Errorf("a minute later: %q", got)
	}
}

func TestBrowserNotForVisitors(t *testing.T) {
	t.Parallel()
	w := serve(t, mockhub.Options{})
	w.AddChatbot(mockhub.Chatbot{UUID: chatbotID})
	p := openTab(t, order{Origins: []string{w.url}}, "404")
	for _, tc := range []struct{ visibility, status, title, code string }{
		{"private", "200", "This chatbot is private", `visibility = "public"`},
		{"hybrid", "200", "This chatbot is hybrid", `<iframe src="` + w.url + "/widget/" + chatbotID + `" allow="clipboard-read; clipboard-write"></iframe>`},
		{"", "404", "Chatbot not found", ""},
	} {
		if tc.visibility == "" {
			w.RemoveChatbot(chatbotID)
		}
		w.EditChatbot(chatbotID, func(c *mockhub.Chatbot) { c.Visibility = tc.visibility })
		if got := p.visit(w.url + "/widget/" + chatbotID); got != tc.status {
			t.Errorf("%q: status %s", tc.visibility, got)
		}
		text := p.text("body")
		if !strings.Contains(text, tc.title) || !strings.Contains(text, tc.code) || p.run("!document.querySelector('#question')") != "true" {
			t.Errorf("%q: %s", tc.visibility, text)
		}
		p.shoot("widget-not-" + tc.visibility)
	}
}

// TestBrowserFrame: a hybrid chatbot works inside the page of another site, which cannot chat by itself.
func TestBrowserFrame(t *testing.T) {
	t.Parallel()
	w := serve(t, mockhub.Options{})
	w.AddChatbot(mockhub.Chatbot{UUID: chatbotID, Visibility: "hybrid"})
	widget := w.url + "/widget/" + chatbotID
	s := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, _ *http.Request) {
		rw.Header().Set("Content-Type", "text/html")
		_, _ = rw.Write([]byte(`<!doctype html><link rel="icon" href="data:,"><h1>A shop</h1><iframe src="` + widget + `" width="380" height="480"></iframe>`))
	}))
	t.Cleanup(s.Close)
	site := strings.Replace(s.URL, "127.0.0.1", "localhost", 1) // another site, not only another port
	p := openTab(t, order{Origins: []string{site, w.url}}, "403")
	p.visit(site)
	if got := p.run("fetch('" + widget + "/session', { method: 'POST', mode: 'no-cors' }).then((answer) => answer.type)"); got != `"opaque"` {
		t.Errorf("the site's own request: %s", got)
	}
	if n := len(w.Sessions(chatbotID)); n != 0 {
		t.Errorf("the site itself has made %d sessions", n)
	}
	p.frame = 1
	p.until("!document.querySelector('button').disabled")
	p.ask("Hello?")
	if got := p.text(".response"); got != mockhub.NoAnswer {
		t.Errorf("answer %q", got)
	}
	p.shoot("widget-frame")
	if n := len(w.Sessions(chatbotID)); n != 1 {
		t.Errorf("%d sessions, want 1", n)
	}
}

func TestBrowserFailedAnswers(t *testing.T) {
	t.Parallel()
	w := serve(t, mockhub.Options{})
	w.AddChatbot(mockhub.Chatbot{UUID: chatbotID, Visibility: "public"})
	p := w.chat(t, order{}, "ERR_INCOMPLETE_CHUNKED_ENCODING", "404", "409", "403")
	start := strings.SplitAfter(mockhub.NoAnswer, "I’m sorry")[0]
	for question, want := range map[string]string{
		"fail-broken: A?":        " … The connection was lost. The answer may be incomplete.",
		"fail-broken_lost: B?":   " … The connection was lost. The answer may be incomplete.",
		"fail-error_message: C?": start + " … The answer may be incomplete.",
		"fail-empty: D?":         " … There was no answer.",
		"fail-text: E?":          "Sorry, something went wrong … ",
	} {
		p.ask(question)
		begin, end, _ := strings.Cut(want, " … ")
		if got := strings.TrimPrefix(p.last(), question+"\n"); !strings.HasPrefix(got, begin) || !strings.HasSuffix(got, end) {
			t.Errorf("%s shows as %q", question, got)
		}
	}
	p.shoot("widget-failures")
	newest := func() string { s := w.Sessions(chatbotID); return s[len(s)-1].UUID }
	w.EndSession(newest())
	p.ask("F?")
	if got := p.last(); got != "F?\nThis conversation has ended. Send the message again to start a new one." {
		t.Errorf("ended: %q", got)
	}
	p.ask("G?")
	w.RemoveSession(newest())
	p.ask("H?")
	if got := p.last(); got != "H?\nThis conversation no longer exists. Send the message again to start a new one." {
		t.Errorf("deleted: %q", got)
	}
	w.EditChatbot(chatbotID, func(c *mockhub.Chatbot) { c.Visibility = "private" })
	p.ask("I?")
	if got := p.last(); got != "I?\nThis chatbot is private now." {
		t.Errorf("private: %q", got)
	}
	if n := len(w.Sessions(chatbotID)); n != 1 {
		t.Errorf("%d sessions, want the ended one", n)
	}
}
