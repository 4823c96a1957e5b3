package mockhub_test

import (
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// page sends a request as a browser would: without a key, with headers in pairs of name and value.
func (w *testHub) page(t *testing.T, method, path, body string, headers ...string) reply {
	t.Helper()
	req := w.request(t.Context(), method, "/"+path, body)
	req.Header = http.Header{}
	for i := 0; i < len(headers); i += 2 {
		if req.Header.Set(headers[i], headers[i+1]); headers[i] == "Host" {
			req.Host = headers[i+1]
		}
	}
	r, err := w.send(req)
	if err != nil {
		t.Fatalf("%s %s: %v", method, path, err)
	}
	return r
}

// TestPagesAreNoAPI: faults, quirks and keys of the API do not affect the pages, and requests of pages are not in the log.
func TestPagesAreNoAPI(t *testing.T) {
	t.Parallel()
	w := serve(t, mockhub.Options{Latency: time.Hour, Quirks: mockhub.Quirks{RequestsPerMinute: 1, ErrorForm: "text"}})
	w.AddChatbot(mockhub.Chatbot{UUID: chatbotID, Visibility: "public"})
	w.Inject(mockhub.Fault{Times: -1, Status: 500})
	for _, path := range []string{
		"/", "/requests", "/quirks", "/docs", "/page/overview.json", "/page/requests.json", "/page/quirks.json", "/page/docs.json",
		"/page/page.js", "/page/page.css", "/page/parts.css", "/page/base.css", "/page/dom.js", "/page/parts.js",
		"/page/overview.js", "/page/requests.js", "/page/quirks.js", "/page/docs.js", "/page/widget.js", "/page/widget.css", "/widget/" + chatbotID, "/widget/" + unknownID, "/widget/x",
	} {
		want, framedBy := 200, "'none'"
		if strings.HasPrefix(path, "/widget/") {
			framedBy = "*"
		}
		if path == "/widget/"+unknownID || path == "/widget/x" {
			want = 404
		}
		r := w.page(t, "GET", path, "")
		if r.status != want || r.body == "" {
			t.Errorf("%s: %d %q", path, r.status, r.body)
		}
		for name, value := range map[string]string{
			"Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; " +
				"base-uri 'none'; form-action 'none'; frame-ancestors " + framedBy,
			"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Cache-Control": "no-store",
		} {
			if got := r.header.Get(name); got != value {
				t.Errorf("%s: %s is %q", path, name, got)
			}
		}
	}
	if r := w.page(t, "HEAD", "/", ""); r.status != 200 || r.body != "" {
		t.Errorf("HEAD: %+v", r)
	}
	session := w.page(t, "POST", "/widget/"+chatbotID+"/session", "").body
	if r := w.page(t, "POST", "/widget/"+chatbotID+"/session/"+session+"/message", "Hello?"); r.body != mockhub.NoAnswer {
		t.Errorf("answer: %+v", r)
	}
	if w.Count("") != 0 || w.FaultsLeft() != 1 {
		t.Errorf("in the log: %v; faults left: %d", w.Requests(), w.FaultsLeft())
	}
}

// TestOtherPaths: paths that are not pages are handled as without pages, and are in the log.
func TestOtherPaths(t *testing.T) {
	t.Parallel()
	w := serve(t, mockhub.Options{})
	w.AddChatbot(mockhub.Chatbot{UUID: chatbotID, Visibility: "public"})
	for path, status := range map[string]int{
		"GET /page": 200, "GET /page/": 200, "GET /page/overview.html": 200, "GET /page/nothing.js": 200, "GET /widget": 200,
		"GET /widget/": 200, "GET /widget/" + chatbotID + "/": 200, "GET /widget/" + chatbotID + "/session": 200,
		"GET /widget-asset.min.js": 200, "POST /": 405, "PUT /": 405, "POST /widget/" + chatbotID: 405, "POST /page/overview.json": 405,
		"DELETE /widget/" + chatbotID + "/session/" + chatbotID: 405,
	} {
		method, rest, _ := strings.Cut(path, " ")
		before := w.Count(method + " *")
		r := w.page(t, method, rest, "")
		if r.status != status || !strings.HasPrefix(r.body, "<!doctype html>\n<html><head><title>") || w.Count(method+" *") != before+1 {
			t.Errorf("%s: %d, logged %d times: %s", path, r.status, w.Count(method+" *")-before, r.body)
		}
	}
}

// TestPageHosts: a request with a host name other than that of the loopback gets no page. The API accepts every host.
func TestPageHosts(t *testing.T) {
	t.Parallel()
	w := serve(t, mockhub.Options{})
	for host, status := range map[string]int{
		"127.0.0.1": 200, "127.0.0.1:8765": 200, "localhost": 200, "LOCALHOST:8765": 200, "[::1]": 200, "[::1]:8765": 200, "192.168.1.5:80": 200,
		"evil.test": 421, "evil.test:8765": 421, "localhost.evil.test": 421, "127.0.0.1.evil.test": 421, "127.0.0.1.:80": 421,
	} {
		for _, path := range []string{"/", "/docs", "/page/overview.json", "/page/docs.json", "/page/requests.json", "/page/quirks.json", "/widget/" + chatbotID} {
			want := status
			if status == 200 && strings.HasPrefix(path, "/widget/") {
				want = 404
			}
			if r := w.page(t, "GET", path, "", "Host", host); r.status != want || r.header.Get("Content-Security-Policy") == "" {
				t.Errorf("%s of %s: %d, want %d", path, host, r.status, want)
			}
		}
		if r := w.page(t, "GET", "/api/v1/chatbots", "", "Host", host, "Authorization", "Bearer "+w.Key()); r.status != 200 {
			t.Errorf("API of %s: %d", host, r.status)
		}
	}
}

// TestForeignPages: only the widget's own page can chat.
func TestForeignPages(t *testing.T) {
	t.Parallel()
	w := serve(t, mockhub.Options{})
	w.AddChatbot(mockhub.Chatbot{UUID: chatbotID, Visibility: "public"})
	for _, tc := range []struct {
		name, value string
		status      int
	}{
		{"Sec-Fetch-Site", "same-origin", 200}, {"Sec-Fetch-Site", "cross-site", 403}, {"Sec-Fetch-Site", "same-site", 403},
		{"Origin", w.url, 200}, {"Origin", "http://evil.test", 403}, {"Origin", "null", 403},
	} {
		before := len(w.Sessions(chatbotID))
		r := w.page(t, "POST", "/widget/"+chatbotID+"/session", "", tc.name, tc.value)
		if made := len(w.Sessions(chatbotID)) - before; r.status != tc.status || made == 1 != (tc.status == 200) {
			t.Errorf("%s %s: %d, %d sessions", tc.name, tc.value, r.status, made)
		}
	}
}

// TestOverviewIsSentOnce: a client that has the current overview gets no body.
func TestOverviewIsSentOnce(t *testing.T) {
	t.Parallel()
	w := serve(t, mockhub.Options{})
	uuid := w.AddChatbot(mockhub.Chatbot{Name: "</script><b>"})
	w.AddAgent(uuid, mockhub.Agent{Functions: []mockhub.Function{{Headers: map[string]string{"X-Key": "hidden-value"}}}})
	w.AddSource(uuid, mockhub.Source{TrainingTime: time.Minute})
	first := w.page(t, "GET", "/page/overview.json", "")
	if strings.Contains(first.body, "hidden-value") || !strings.Contains(first.body, "X-Key") || strings.Contains(first.body, "</script>") {
		t.Errorf("body %s", first.body)
	}
	again := w.page(t, "GET", "/page/overview.json", "", "If-None-Match", first.header.Get("ETag"))
	if again.status != 304 || again.body != "" {
		t.Errorf("again: %+v", again)
	}
	w.Clock().Advance(time.Minute) // the source is trained
	if r := w.page(t, "GET", "/page/overview.json", "", "If-None-Match", first.header.Get("ETag")); r.status != 200 || r.body == first.body {
		t.Errorf("after the training: %d", r.status)
	}
}

// TestKeyOnThePage: the page shows the default key and no other, which could be a real one.
func TestKeyOnThePage(t *testing.T) {
	t.Parallel()
	for key, want := range map[string]string{"": `"key":"` + mockhub.DefaultKey + `"`, "my-secret": `"key":""`} {
		if r := serve(t, mockhub.Options{Key: key}).page(t, "GET", "/page/overview.json", ""); !strings.Contains(r.body, want) {
			t.Errorf("key %q: %s", key, r.body)
		}
	}
}

func TestWidgetVisibility(t *testing.T) {
	t.Parallel()
	w := serve(t, mockhub.Options{})
	w.AddChatbot(mockhub.Chatbot{UUID: chatbotID, Name: "<b>Secret</b>"})
	for _, tc := range []struct {
		visibility, dest, says string
		status                 int // of a new session
	}{
		{"private", "", "This chatbot is private", 403}, {"private", "iframe", "This chatbot is private", 403},
		{"hybrid", "", "This chatbot is hybrid", 200}, {"hybrid", "document", "This chatbot is hybrid", 200},
		{"hybrid", "iframe", "<title>Chat</title>", 200}, {"public", "", "<title>Chat</title>", 200}, {"other", "", "private", 403},
	} {
		w.EditChatbot(chatbotID, func(c *mockhub.Chatbot) { c.Visibility = tc.visibility })
		r := w.page(t, "GET", "/widget/"+chatbotID, "", "Sec-Fetch-Dest", tc.dest)
		if r.status != 200 || !strings.Contains(r.body, tc.says) || strings.Contains(r.body, "Secret") || r.header.Get("Vary") != "Sec-Fetch-Dest" {
			t.Errorf("%+v: %+v", tc, r)
		}
		if r := w.page(t, "POST", "/widget/"+chatbotID+"/session", ""); r.status != tc.status {
			t.Errorf("%+v: new session %d", tc, r.status)
		}
	}
}

// TestChat goes through the requests of the widget one by one.
func TestChat(t *testing.T) {
	t.Parallel()
	var saves atomic.Int32
	w := serve(t, mockhub.Options{OnChange: func() { saves.Add(1) }})
	w.AddChatbot(mockhub.Chatbot{UUID: chatbotID, Visibility: "public"})
	other := w.AddChatbot(mockhub.Chatbot{Visibility: "public"})
	w.AddSource(chatbotID, mockhub.Source{Type: "qa", Question: "Open?", Answer: "Yes."})
	path := "/widget/" + chatbotID + "/session"
	session := w.page(t, "POST", path, "").body
	if list := w.do("GET", "/chatbot/"+chatbotID+"/sessions", "").list(t); len(list) != 1 || list[0]["uuid"] != session {
		t.Errorf("session %q, the API lists %v", session, list)
	}
	before := saves.Load()
	w.page(t, "POST", path+"/"+session+"/message", " open\xff?\n").is(t, 200, mockhub.NoAnswer)
	w.page(t, "POST", path+"/"+session+"/message", " open? ").is(t, 200, "Yes.")
	if saves.Load() != before+2 {
		t.Errorf("%d changes, want 2", saves.Load()-before)
	}
	if m := w.Messages(session); len(m) != 2 || m[0].Query != "open\ufffd?" || m[1].Query != "open?" || m[1].Response != "Yes." {
		t.Errorf("stored %+v", m)
	}
	// Citations are for visitors only when the chatbot shows them.
	for _, shown := range []bool{false, true} {
		w.EditChatbot(chatbotID, func(c *mockhub.Chatbot) { c.ShowCitations = shown })
		if r := w.page(t, "GET", path+"/"+session, ""); r.status != 200 || strings.Contains(r.body, `"citations":["About Open?"]`) != shown {
			t.Errorf("citations %t: %s", shown, r.body)
		}
	}
	for name, tc := range map[string]struct {
		path, body string
		status     int
	}{
		"empty":             {path + "/" + session, "", 400},
		"blank":             {path + "/" + session, " \n", 400},
		"too long":          {path + "/" + session, strings.Repeat("a", 64<<10+1), 413},
		"unknown session":   {path + "/" + unknownID, "A?", 404},
		"another's session": {"/widget/" + other + "/session/" + session, "A?", 404},
		"unknown chatbot":   {"/widget/" + unknownID + "/session/" + session, "A?", 404},
	} {
		if r := w.page(t, "POST", tc.path+"/message", tc.body); r.status != tc.status || r.header.Get("Content-Type") != "text/plain; charset=utf-8" {
			t.Errorf("%s: %+v", name, r)
		}
	}
	if w.Answers() != 2 {
		t.Errorf("%d answers, want 2", w.Answers())
	}
}
