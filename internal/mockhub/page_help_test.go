package mockhub_test

import (
	"cmp"
	"strings"
	"testing"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

const (
	orders     = "0123456789abcdef0123456789abcde1" // an agent
	hours      = "0123456789abcdef0123456789abcde2" // a Q&A source
	visit      = "0123456789abcdef0123456789abcde3" // a session
	internal   = "0123456789abcdef0123456789abcde4" // a tag
	longPrompt = "You answer questions about orders.\n\nBe brief and friendly. Never promise a date.\nAsk for the order's number first."
	openAt     = "From 9 to 18.\nOn Sundays we read – aloud 📚."
)

// populated returns a hub with objects of every kind.
func populated(t *testing.T) *testHub {
	t.Helper()
	w := serve(t, mockhub.Options{})
	w.AddChatbot(mockhub.Chatbot{UUID: chatbotID, Name: "Northwind Books", Visibility: "public", ShowCitations: true})
	w.AddAgent(chatbotID, mockhub.Agent{
		UUID: orders, Name: "Orders", Enabled: true, Model: "gpt-4o-8k", Prompt: longPrompt,
		Functions: []mockhub.Function{{
			Name: "find_order", Method: "POST", ExternalURL: "https://shop.example.com/orders/find", Enabled: true,
			Headers: map[string]string{"Authorization": "Bearer hidden-value", "X-Shop": "hidden-value"},
		}},
	})
	w.AddAgent(chatbotID, mockhub.Agent{Name: "A person", Type: "human-escalation"})
	w.AddSource(chatbotID, mockhub.Source{UUID: hours, Type: "qa", Question: "When are you open?", Answer: openAt})
	w.AddSource(chatbotID, mockhub.Source{Type: "link", FileName: "https://shop.example.com/help", Status: "error:scraper rate limit"})
	w.AddSource(chatbotID, mockhub.Source{FileName: "returns.pdf", TrainingTime: 10 * time.Second})
	w.AddTag(chatbotID, mockhub.SourceTag{Name: "public", Color: "#2E9E5B", DataSourceUUIDs: []string{hours}})
	w.AddTag(chatbotID, mockhub.SourceTag{UUID: internal, Name: "internal", Color: "#D9480F"})
	w.AddSession(chatbotID, mockhub.Session{UUID: visit})
	w.AddMessage(visit, mockhub.Message{
		Query: "When are you open?", Response: openAt,
		Citations: []mockhub.Citation{{Key: "1.1", DataSourceUUID: hours, Title: "About our hours"}},
	})
	w.AddChatbot(mockhub.Chatbot{Name: "Quiet one"})
	w.do("GET", "/chatbots", "")
	w.do("GET", "/chatbot/"+unknownID, "")
	return w
}

// overview opens the overview and waits for its first content.
func (w *testHub) overview(t *testing.T, o order, allowed ...string) *tab {
	t.Helper()
	o.Origins = []string{w.url}
	p := openTab(t, o, allowed...)
	p.visit(w.url)
	p.until("document.querySelector('.card')")
	return p
}

// chat opens the widget of the chatbot.
func (w *testHub) chat(t *testing.T, o order, allowed ...string) *tab {
	t.Helper()
	o.Origins, o.Tab = []string{w.url}, cmp.Or(o.Tab, "chat")
	p := openTab(t, o, allowed...)
	p.visit(w.url + "/widget/" + chatbotID)
	p.until("!document.querySelector('button').disabled")
	return p
}

// send types a question and presses Enter; ask also waits for the end of the answer.
func (p *tab) send(question string) {
	p.t.Helper()
	p.act(order{Action: "type", Selector: "#question", Text: question})
	p.act(order{Action: "press", Selector: "#question", Text: "Enter"})
}

func (p *tab) ask(question string) {
	p.t.Helper()
	p.send(question)
	p.until("!document.querySelector('button').disabled")
}

// last returns the text of the last question with its answer, without blank lines.
func (p *tab) last() string {
	p.t.Helper()
	return strings.ReplaceAll(p.text("article:last-child"), "\n\n", "\n")
}
