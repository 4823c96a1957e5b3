package export_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// secret is every secret of the account. No part of an export may contain it.
const secret = "canary-51f0c8d2e7"

// awkward are names with characters that need escaping, and unusual names.
var awkward = []string{"Support", "Support", `The "best" bot`, "Größe & Maße 👩\u200d🚀", "${var.x} %{if true}", "24h Hotline", "日本語サポート", "terraform", "Sales override",
	"a\nresource \"x\" \"y\" {}", "../../etc/passwd", "\u202eevil\u202c", "CON", "Support 2", "  spaces  ", "EOT", "a \\ b", strings.Repeat("very long name ", 10)}

// texts are prompts, answers and descriptions.
var texts = []string{"Be brief.", "You answer customers.\nBe friendly.\n\n  - Look it up.\n  - Say so if you don't know ${name}.\n", "\r\nWindows\r\nlines\r\n", "  all\n  indented", "EOT\n%{ for x in y }\n$${z}\n",
	"tab\there \"quoted\" \\ back", strings.Repeat("Long line of a prompt. ", 4500), strings.Repeat("line\n", 40), "bell \a\nlone \r return", "emoji 👩\u200d🚀\nשלום\n"}

// accountSize is the number of objects that bigAccount adds.
type accountSize struct{ chatbots, agents, functions, sources, tags int }

// bigAccount adds objects of all kinds to a service, the same ones for each seed. The number of agents does not include the default agent
// of each chatbot.
func bigAccount(e *acctest.Env, seed uint64, size accountSize) {
	r := rand.New(rand.NewPCG(seed, 7))
	pick := func(from []string) string { return from[r.IntN(len(from))] }
	uuid := func() string { return fmt.Sprintf("%016x%016x", r.Uint64(), r.Uint64()) }
	begin := time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)
	at := func() time.Time { return begin.Add(time.Minute + time.Duration(r.IntN(100000))*time.Second) }
	var bots, agents []string
	singles := map[string]bool{}
	sources := map[string][]string{}
	for i := range size.chatbots {
		b := mockhub.Chatbot{UUID: uuid(), Name: awkward[i%len(awkward)], CreatedAt: begin.Add(time.Duration(i) * time.Second)}
		if i%3 == 0 {
			b.Visibility, b.ShowCitations, b.RateLimitMessages, b.RateLimitMessage = "hybrid", true, 30, "Slow down, ${name}!\nPlease."
		}
		bots = append(bots, e.AddChatbot(b))
		agents = append(agents, e.DefaultAgent(b.UUID))
	}
	for i := range size.sources {
		bot := bots[r.IntN(len(bots))]
		s := mockhub.Source{UUID: uuid(), CreatedAt: at(), Type: []string{"upload", "qa", "link", "google-drive", "table"}[i%5], Title: pick(awkward)}
		switch s.Type {
		case "qa":
			s.Question, s.Answer = pick(awkward)+"?", pick(texts)
		case "link":
			s.FileName = fmt.Sprintf("https://www.example.com/help/%d?q=${x}", i)
		default:
			s.FileName = fmt.Sprintf("%s %d.pdf", strings.Map(fileRune, pick(awkward)), i)
		}
		if i%4 == 0 {
			s.ReferenceSourceLink = "https://example.com/ref"
		}
		if i%9 == 0 {
			s.Status = []string{"error:no text", "queued"}[i%2]
		}
		sources[bot] = append(sources[bot], e.AddSource(bot, s))
	}
	for i := range size.agents {
		bot := bots[r.IntN(len(bots))]
		a := mockhub.Agent{UUID: uuid(), CreatedAt: at(), Name: pick(awkward), Enabled: i%4 != 0, Description: pick(texts), UseAllSourcesUnset: true,
			Type: []string{"user-facing", "background", "pre-canned", "human-escalation", "spam-defense"}[i%5]}
		if single := bot + a.Type; i%5 >= 3 {
			if singles[single] {
				a.Type = "user-facing"
			}
			singles[single] = true
		}
		fillAgent(&a, i, r, sources[bot])
		agents = append(agents, e.AddAgent(bot, a))
	}
	for i := range size.functions {
		f := mockhub.Function{UUID: uuid(), CreatedAt: at(), Name: pick(awkward), Description: pick(texts[:6]), ExternalURL: "https://example.com/${x}?a=\"b\"", Enabled: i%3 != 0,
			AllowGPTTrainerProperties: i%5 == 0, Headers: map[string]string{"Accept": "application/json", "X-Shop": "a \"b\" ${c}"},
			Parameters: `{"type":"object","properties":{"order":{"type":"string","description":"The ${number}\nof \"it\"","maxLength":12},"for":{"type":"number","minimum":-0.5}},"required":["order"]}`}
		if i%2 == 0 {
			f.Method, f.Headers["Authorization"], f.Headers["X-Api-Key"] = "POST", "Bearer "+secret, secret
		}
		e.AddFunction(agents[r.IntN(len(agents))], f)
	}
	for i := range size.tags {
		bot := bots[r.IntN(len(bots))]
		t := mockhub.SourceTag{UUID: uuid(), CreatedAt: at(), Name: pick(awkward), Color: []string{"#0071F9", "#ff00aa"}[i%2]}
		for _, s := range sources[bot] {
			if r.IntN(4) == 0 {
				t.DataSourceUUIDs = append(t.DataSourceUUIDs, s)
			}
		}
		e.AddTag(bot, t)
	}
}

// fileRune replaces characters that a file name cannot contain.
func fileRune(r rune) rune {
	if r < ' ' || r == '/' || r == '\\' {
		return '-'
	}
	return r
}

// fillAgent sets the settings that an agent's type has.
func fillAgent(a *mockhub.Agent, i int, r *rand.Rand, sources []string) {
	number := func() *float64 { return new([]float64{0, 0.1, 0.35, 0.7, 1, -10}[r.IntN(6)]) }
	if a.Type != "human-escalation" {
		a.Prompt = texts[r.IntN(len(texts))]
	}
	switch a.Type {
	case "user-facing":
		a.Temperature, a.Bias, a.Stickness = []float64{0, 0.7, 0.33}[i%3], number(), number()
		switch i % 3 {
		case 0:
			a.UseAllSources = true
		case 1:
			a.DataSourceUUIDs = sources[:min(len(sources), 3)]
		}
		a.Variables = []mockhub.Variable{{Name: "user_email", Description: "Email of \"the\" user.", Type: "string", Example: "alice@company.com, ben@school.edu"},
			{Name: "plan", Description: "Which plan.\nLast known.", Type: "number", Content: "1", Static: true}}
	case "background":
		a.Tags = []mockhub.AgentTag{{Name: "delivery", Criteria: "Asks where an order is.", Color: "#2E90FA"}, {Name: "${x}", Criteria: "a\nb", Color: "#2e90fa"}}
	case "pre-canned", "spam-defense":
		a.DefaultMessage, a.Bias = new(texts[i%len(texts)]), number()
	case "human-escalation":
		a.HumanEscalationSettings = &mockhub.EscalationSettings{HumanRequestedMessage: "One moment.\nSomebody comes.", MonitoredMessages: []string{"talk to a human", "line\nbreak"}, SoundEnabled: i%2 == 0, NotificationsEnabled: true}
	}
}
