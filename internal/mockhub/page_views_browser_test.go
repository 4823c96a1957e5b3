package mockhub_test

import (
	"encoding/json"
	"fmt"
	"os/exec"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// show opens one of the pages and waits for its content.
func (w *testHub) show(t *testing.T, path string, o order) *tab {
	t.Helper()
	o.Origins = []string{w.url}
	p := openTab(t, o)
	p.visit(w.url + path)
	p.until("document.querySelector('.card')")
	return p
}

// TestBrowserPages: each page fits the window, is reachable from each other page, and shows what it is about.
func TestBrowserPages(t *testing.T) {
	t.Parallel()
	needBrowser(t)
	w := full(t)
	w.SetQuirks(func(q *mockhub.Quirks) { q.UnknownStatus, q.ListLag = 403, 1_500_000_000 })
	for i := range 12 {
		w.AddChatbot(mockhub.Chatbot{Name: fmt.Sprintf("Bot %d", i), Visibility: "hybrid"})
	}
	for _, page := range []struct {
		path, current string
		shows         []string
	}{
		{"/", "Objects", []string{"Bot 11", "No chat: visibility is private", "Visibility is hybrid: the chat works only where it is embedded", "Open the chat", "Latest requests", "GET /chatbot/{uuid}"}},
		{"/requests", "Requests", []string{"newest first", "404", "GET /api/v1/chatbot/" + unknownID, "200", "GET /api/v1/chatbots"}},
		{"/quirks", "Switches", []string{"2 of ", "UnknownStatus", "403", "1.5s", "is the status for an unknown uuid", "AnswerFails", `- "empty": sends nothing`}},
		{"/docs", "API", []string{"/chatbot/create", "list model costs", "Source: the vendor’s SDK", "There is no object for SESSION_UUID yet.", "curl -sS -X POST '" + w.url + "/api/v1/chatbot/create'", `-d '{"name": "Support"`}},
	} {
		for name, o := range map[string]order{"light": {}, "phone-dark": {Width: 375, Height: 812, Dark: true}} {
			t.Run(page.current+"/"+name, func(t *testing.T) {
				t.Parallel()
				p := w.show(t, page.path, o)
				p.shoot("page-" + page.current + "-" + name)
				text := p.text("body")
				for _, want := range page.shows {
					if !strings.Contains(text, want) {
						t.Errorf("no %q in:\n%s", want, text)
					}
				}
				if got := p.run("document.documentElement.scrollWidth - innerWidth"); got != "0" {
					t.Errorf("the page is %s pixels wider than the window", got)
				}
				if got := p.text("nav [aria-current]"); got != page.current {
					t.Errorf("the current page is %q", got)
				}
				if name != "light" {
					return
				}
				for _, other := range []string{"Requests", "Switches", "API", "Objects"} {
					p.run(fmt.Sprintf("[...document.querySelectorAll('nav a')].find((a) => a.textContent === %q).dataset.next = ''", other))
					p.act(order{Action: "click", Selector: "[data-next]"})
					p.until(fmt.Sprintf("document.querySelector('.card') && document.title.startsWith(%q)", other+" · "))
				}
			})
		}
	}
}

// TestBrowserPhone: the latest requests are at the top of a phone's screen, above all chatbots.
func TestBrowserPhone(t *testing.T) {
	t.Parallel()
	needBrowser(t)
	w := full(t)
	for range 20 {
		w.AddChatbot(mockhub.Chatbot{})
	}
	w.do("GET", "/agent/models", "")
	w.do("GET", "/chatbot/"+unknownID, "")
	p := w.show(t, "/", order{Width: 375, Height: 667})
	if got := p.run("document.querySelector('aside li:nth-child(3)').getBoundingClientRect().bottom < innerHeight"); got != "true" {
		t.Error("the latest requests are not on the first screen")
	}
	if got := p.run("document.querySelector('.card').getBoundingClientRect().top < innerHeight"); got != "true" {
		t.Error("the newest chatbot is not on the first screen")
	}
	p.act(order{Action: "click", Selector: "aside a"})
	p.until("document.querySelector('main.card ol li time')")
	if got := p.text("#requests li:first-child"); !strings.Contains(got, "404") || !strings.Contains(got, "GET /api/v1/chatbot/"+unknownID) {
		t.Errorf("the newest request: %q", got)
	}
}

// TestBrowserSearch: each page has a search, which stays when the page is loaded again.
func TestBrowserSearch(t *testing.T) {
	t.Parallel()
	w := full(t)
	p := w.show(t, "/", order{})
	p.act(order{Action: "type", Selector: "#search", Text: "9 to 18"})
	p.until("document.querySelectorAll('article').length === 1")
	if text := p.text("main"); !strings.Contains(text, openAt) || strings.Contains(text, "returns.pdf") || strings.Contains(text, "Orders") {
		t.Errorf("found %s", text)
	}
	p.act(order{Action: "reload"})
	p.until("document.querySelectorAll('article').length === 1")
	if got := p.run("search.value"); got != `"9 to 18"` {
		t.Errorf("after a reload the search is %s", got)
	}
	p.act(order{Action: "press", Selector: "#search", Text: "End"})
	p.act(order{Action: "type", Selector: "#search", Text: " nowhere"})
	p.until("document.querySelector('h2').textContent === 'Nothing found'")
	w.AddChatbot(mockhub.Chatbot{Name: "9 to 18 nowhere"})
	p.until("document.querySelector('h2').textContent === '9 to 18 nowhere'")
	for path, c := range map[string]struct{ query, rows string }{
		"/requests": {"404", "#requests li"}, "/quirks": {"AnswerFails", ".rows li"}, "/docs": {"/chatbot/create", ".rows li"},
	} {
		p := w.show(t, path, order{Tab: path})
		p.act(order{Action: "type", Selector: "#search", Text: c.query})
		p.until(fmt.Sprintf("document.querySelectorAll(%q).length === 1", c.rows))
		if got := p.text(c.rows); !strings.Contains(got, c.query) {
			t.Errorf("%s: %s", path, got)
		}
		p.act(order{Action: "type", Selector: "#search", Text: "nothing"})
		p.until(fmt.Sprintf("document.querySelector(%q)?.textContent === 'None found'", c.rows))
	}
}

// TestBrowserSources: the table has the question and the answer, the file name or the address of a source, as text.
func TestBrowserSources(t *testing.T) {
	t.Parallel()
	w := serve(t, mockhub.Options{})
	w.AddChatbot(mockhub.Chatbot{UUID: chatbotID})
	long := strings.Repeat("Many words. ", 400)
	for _, s := range []mockhub.Source{
		{Type: "qa", Title: "Hours", Question: "When are you open?", Answer: openAt, ReferenceSourceLink: "https://shop.example.com/hours"},
		{Type: "qa", Title: "Long", Question: "Long?", Answer: long},
		{Type: "upload", Title: "Returns", FileName: "returns.pdf"},
		{Type: "link", Title: "Help", FileName: "javascript:alert(1)"},
	} {
		w.AddSource(chatbotID, s)
	}
	p := w.show(t, "/", order{})
	p.run("document.querySelectorAll('details').forEach((d) => { d.open = true })")
	text := p.text("tbody")
	for _, want := range []string{"Hours", "When are you open?", "On Sundays we read", "Cited as https://shop.example.com/hours", "Long?", " …\n", "Returns", "returns.pdf", "Help", "javascript:alert(1)"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in %s", want, text)
		}
	}
	if got := p.run("document.querySelectorAll('tbody a').length"); got != "0" {
		t.Errorf("%s links in the table", got)
	}
}

// TestBrowserCopy: the requests on the page of the API are those of the mock, for its newest objects, and the one that a button copies can be run.
func TestBrowserCopy(t *testing.T) {
	t.Parallel()
	w := full(t)
	p := w.show(t, "/docs", order{})
	var shown []string
	if err := json.Unmarshal([]byte(p.run("[...document.querySelectorAll('.request pre')].map((pre) => pre.textContent)")), &shown); err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, e := range w.docs(t) {
		want = append(want, w.filled(e.Curl))
	}
	if diff := cmp.Diff(want, shown); diff != "" {
		t.Errorf("(- want, + shown)\n%s", diff)
	}
	p.run("window.copied = ''; Object.defineProperty(navigator, 'clipboard', { value: { writeText: async (text) => { copied = text } } })")
	p.run(`document.querySelector('[data-key="POST /chatbot/create"] .copy').id = 'button'; window.copy = button`)
	p.act(order{Action: "click", Selector: "#button"})
	p.until("copied && copy.textContent === 'Copied'")
	var command string
	if err := json.Unmarshal([]byte(p.run("copied")), &command); err != nil {
		t.Fatal(err)
	}
	if _, err := exec.LookPath("curl"); err != nil {
		t.Skipf("the copied request is not run: %v", err)
	}
	w.runs(t, "POST /chatbot/create", command)
	p.until("copy.textContent === 'Copy'")
}
