package mockhub_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

func TestBrowserOverview(t *testing.T) {
	t.Parallel()
	needBrowser(t)
	w := populated(t)
	for name, o := range map[string]order{"light": {}, "dark": {Dark: true}, "phone": {Width: 390, Height: 844}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := w.overview(t, o)
			p.shoot("overview-" + name)
			p.run("document.querySelector('[data-key=\"" + orders + "\"] details').open = true")
			text := p.text("body")
			for _, want := range []string{
				"Live", "2 chatbots · 4 agents · 1 tool function · 3 sources · 2 source tags · 1 session · 1 message",
				"Northwind Books", "public", chatbotID, "20 messages in 240 s, then “Too many messages” · citations shown",
				"Orders", "enabled", "user-facing", "gpt-4o-8k", "You answer questions about orders. …", longPrompt,
				"A person", "disabled", "human-escalation", "General Q&A", "default", "You are a helpful assistant.",
				"POST", "find_order", "https://shop.example.com/orders/find", "Headers: Authorization, X-Shop (values are not shown)",
				"1 error:scraper rate limit", "1 await", "1 success", "About returns.pdf", "upload", "link", "1,200",
				"public", "#2E9E5B · 1 source", "internal", "#D9480F · 0 sources",
				visit, "1 message", "When are you open?", openAt, "Cites “About our hours”",
				"Quiet one", "private", "citations not shown", "GET /chatbots", "404", "GET /chatbot/{uuid}",
			} {
				if !strings.Contains(text, want) {
					t.Errorf("no %q", want)
				}
			}
			if strings.Contains(p.run("document.documentElement.outerHTML"), "hidden-value") {
				t.Error("the value of a header is on the page")
			}
			if got := p.run("getComputedStyle(document.querySelector('.swatch')).backgroundColor"); got != `"rgb(217, 72, 15)"` {
				t.Errorf("color of the newest tag: %s", got)
			}
			if got := p.run("document.documentElement.scrollWidth - innerWidth"); got != "0" {
				t.Errorf("the page is %s pixels wider than the window", got)
			}
			if got := p.run("document.querySelector('[data-key=\"" + chatbotID + "\"] header a').href"); got != `"`+w.url+"/widget/"+chatbotID+`"` {
				t.Errorf("link to the chat: %s", got)
			}
		})
	}
}

func TestBrowserEmpty(t *testing.T) {
	t.Parallel()
	w := serve(t, mockhub.Options{})
	p := w.overview(t, order{})
	p.shoot("overview-empty")
	want := "export AICHATBOTHUB_BASE_URL='" + w.url + "'\nexport AICHATBOTHUB_API_KEY='" + mockhub.DefaultKey + "'\nterraform apply"
	if got := p.text("pre"); got != want {
		t.Errorf("what to type: %q", got)
	}
	uuid := w.AddChatbot(mockhub.Chatbot{Name: "First"})
	p.until("document.querySelector('h2').textContent === 'First'")
	w.RemoveChatbot(uuid)
	p.until("document.querySelector('h2').textContent === 'No objects yet'")
}

// TestBrowserLive: the open page shows changes, and does not replace what is unchanged.
func TestBrowserLive(t *testing.T) {
	t.Parallel()
	w := populated(t)
	p := w.overview(t, order{Height: 420})
	at := func(key string) string { return fmt.Sprintf(`document.querySelector('[data-key="%s"]')`, key) }
	p.act(order{Action: "click", Selector: `[data-key="` + orders + `"] summary`})
	p.run(`scrollTo(0, 1e6); window.flashed = []; ` + at(orders) + `.mark = true;
		new MutationObserver((records) => records.forEach(({ target }) => 'flash' in target.dataset && flashed.push(target.dataset.key)))
			.observe(document.body, { subtree: true, attributeFilter: ['data-flash'] })`)
	p.run("window.place = () => " + at(visit) + ".getBoundingClientRect().top; window.before = place()")

	source := w.AddSource(chatbotID, mockhub.Source{FileName: "new.txt", TrainingTime: time.Minute})
	p.until(at(source) + "?.textContent.includes('await')")
	if got := p.run("Math.abs(place() - before) < 3"); got != "true" { // pixels; a row is ten times that
		t.Errorf("the visible part of the page has moved: %s", p.run("[before, place()]"))
	}
	w.Clock().Advance(time.Minute)
	p.until(at(source) + ".textContent.includes('success')")
	w.EditAgent(orders, func(a *mockhub.Agent) { a.Name, a.Prompt = "Returns", longPrompt+"\nThank them." })
	p.until(at(orders) + ".innerText.includes('Thank them.')")
	w.EditSource(hours, func(s *mockhub.Source) { s.Title = "Hours" })
	p.until(at(hours) + ".textContent.includes('Hours')")
	message := w.AddMessage(visit, mockhub.Message{Query: "And on Monday?", Response: "Yes."})
	p.until(at(message))
	w.EditChatbot(chatbotID, func(c *mockhub.Chatbot) { c.Visibility = "hybrid" })
	p.until(at(chatbotID) + ".querySelector('header').textContent.includes('hybrid')")
	w.RemoveTag(internal)
	p.until("!" + at(internal))
	w.do("POST", "/chatbot/create", `{"name":"By Terraform"}`)
	p.until("document.querySelector('h2').textContent === 'By Terraform' && requests.textContent.includes('POST /chatbot/create')")

	if p.run(at(orders)+".mark && "+at(orders)+".querySelector('details').open") != "true" {
		t.Error("the refresh has closed <details>, or replaced what was there")
	}
	var flashed []string
	if err := json.Unmarshal([]byte(p.run("flashed")), &flashed); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{source, orders, hours, message, chatbotID, w.Chatbots()[2].UUID} {
		if !slices.Contains(flashed, key) {
			t.Errorf("%s has not been highlighted", key)
		}
	}
	if slices.Contains(flashed, w.DefaultAgent(chatbotID)) || slices.Contains(flashed, visit) {
		t.Error("what has not changed has been highlighted")
	}
	w.RemoveChatbot(chatbotID)
	p.until("!" + at(chatbotID))
	p.until("!document.querySelector('[data-flash]')") // a highlight ends
}

func TestBrowserHostileTexts(t *testing.T) {
	t.Parallel()
	w := serve(t, mockhub.Options{})
	const evil = `"><img src=x onerror=alert(1)><script>alert(2)</script>`
	w.AddChatbot(mockhub.Chatbot{UUID: chatbotID, Name: evil, Visibility: "public", RateLimitMessage: evil, ShowCitations: true})
	w.AddAgent(chatbotID, mockhub.Agent{Name: evil, Type: evil, Model: evil, Prompt: evil + "\n" + evil, Functions: []mockhub.Function{
		{Name: evil, Method: evil, ExternalURL: evil, Headers: map[string]string{evil: "x"}},
	}})
	w.AddSource(chatbotID, mockhub.Source{Type: "qa", Title: evil, Question: "Evil?", Answer: evil})
	w.AddSource(chatbotID, mockhub.Source{Type: evil, Title: evil, Status: evil, FileName: evil + ".txt", ReferenceSourceLink: "javascript:alert(3)" + evil})
	w.AddTag(chatbotID, mockhub.SourceTag{Name: evil, Color: "red;background:url(https://evil.test/x)"})
	p := w.overview(t, order{})
	chat := w.chat(t, order{})
	chat.ask("Evil?")
	if got := chat.text(".response"); got != evil {
		t.Errorf("the answer shows as %q", got)
	}
	if got := chat.text(".citations li"); got != evil {
		t.Errorf("the citation shows as %q", got)
	}
	p.until("document.querySelector('.response')")
	w.page(t, "GET", "/api/v1/"+url.PathEscape(evil)+"?q="+url.QueryEscape(evil)+"&"+evil[2:5], "")
	w.SetQuirks(func(q *mockhub.Quirks) { q.TimeEnd = evil })
	requests := w.show(t, "/requests?q=%22%3E%3Cimg", order{Tab: "requests"})
	requests.until("document.querySelector('#requests li')")
	quirks, docs := w.show(t, "/quirks", order{Tab: "quirks"}), w.show(t, "/docs", order{Tab: "docs"})
	if got := quirks.text("[data-key=TimeEnd] .badge"); !strings.Contains(got, "<img src=x onerror=alert(1)>") {
		t.Errorf("the switch is shown as %q", got)
	}
	found := w.show(t, "/?q="+url.QueryEscape(evil+"nothing"), order{Tab: "found"})
	if got := found.text("main p"); !strings.Contains(got, evil) {
		t.Errorf("the search shows as %q", got)
	}
	for _, tab := range []*tab{p, chat, requests, quirks, docs, found} {
		if got := tab.run("document.querySelectorAll('img, body script, [onerror]').length"); got != "0" {
			t.Errorf("%s elements made of text", got)
		}
	}
	if got := strings.Count(p.text("main"), evil); got < 15 {
		t.Errorf("shown as text %d times:\n%s", got, p.text("main"))
	}
}

// TestBrowserThousand: what is unchanged is neither sent nor drawn again, and a change draws only what it affects.
func TestBrowserThousand(t *testing.T) {
	t.Parallel()
	w := serve(t, mockhub.Options{})
	w.AddChatbot(mockhub.Chatbot{UUID: chatbotID})
	for i := range 1000 {
		w.AddSource(chatbotID, mockhub.Source{FileName: fmt.Sprintf("%d.txt", i)})
	}
	if size := len(w.do("GET", "//page/overview.json", "").body); size > 20_000 {
		t.Errorf("the page loads %d bytes", size)
	}
	p := w.overview(t, order{})
	p.shoot("overview-thousand")
	if text := p.text("main"); !strings.Contains(text, "1,000 success") || !strings.Contains(text, "and 950 more") {
		t.Errorf("the page says %s", text)
	}
	p.run(`window.drawn = 0; new MutationObserver((records) => records.forEach((r) => { drawn += 1 + r.addedNodes.length }))
		.observe(document.body, { subtree: true, childList: true, characterData: true });
		window.built = 0; const build = document.createElement.bind(document);
		document.createElement = (name) => { built++; return build(name) };
		window.asked = () => performance.getEntriesByType('resource').filter((e) => e.name.endsWith('overview.json'));
		window.already = asked().length`)
	p.until("asked().length >= already + 2")
	if got := p.run("[drawn, built, asked().at(-1).responseStatus]"); got != "[0,0,304]" {
		t.Errorf("nodes drawn, elements built and status without any change: %s", got)
	}
	w.AddChatbot(mockhub.Chatbot{Name: "Second"})
	p.until("document.querySelector('h2').textContent === 'Second'")
	if got := p.run("built < 60"); got != "true" {
		t.Errorf("%s elements built for a second chatbot", p.run("built"))
	}
	p.run("drawn = 0")
	w.AddSource(chatbotID, mockhub.Source{FileName: "new.txt"})
	p.until("document.querySelector('tbody').textContent.includes('new.txt')")
	if got := p.run("document.querySelectorAll('tbody tr').length === 50 && drawn < 20"); got != "true" {
		t.Errorf("rows and nodes drawn for one more: %s", p.run("[document.querySelectorAll('tbody tr').length, drawn]"))
	}
}

// TestBrowserMockGone: the page shows that the mock does not answer, keeps its content, and reconnects when the mock is back.
func TestBrowserMockGone(t *testing.T) {
	t.Parallel()
	w := populated(t)
	var down atomic.Bool
	s := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if down.Load() {
			panic(http.ErrAbortHandler)
		}
		w.ServeHTTP(rw, r)
	}))
	t.Cleanup(s.Close)
	w.url = s.URL
	p := w.overview(t, order{}, "Failed to load resource")
	down.Store(true)
	p.until("live.textContent === 'The mock does not answer. Trying again…'")
	p.shoot("overview-lost")
	if !strings.Contains(p.text("main"), "Northwind Books") {
		t.Error("the content of the page was removed")
	}
	down.Store(false)
	p.until("live.textContent === 'Live'")
}
