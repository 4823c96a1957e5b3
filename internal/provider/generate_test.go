package provider_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-exec/tfexec"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// generated are objects made in the web app, one of every kind, as import strings. seed puts one into a chatbot and gives the string.
var generated = []struct {
	kind, typeName string
	seed           func(e *acctest.Env, chatbot string) string
}{
	{"chatbot", "chatbot", func(e *acctest.Env, _ string) string {
		return e.AddChatbot(mockhub.Chatbot{Name: "Sales ${team} \"A\"", Visibility: "hybrid", RateLimitMessages: 7, RateLimitSeconds: 90, RateLimitMessage: "Slow\ndown", ShowCitations: true})
	}},
	{"plain chatbot", "chatbot", func(e *acctest.Env, _ string) string { return e.AddChatbot(mockhub.Chatbot{}) }},
	{"default agent", "default_agent", func(e *acctest.Env, chatbot string) string { return chatbot + "/" + e.DefaultAgent(chatbot) }},
	{"default agent as an agent", "agent", func(e *acctest.Env, _ string) string {
		bot := e.AddChatbot(mockhub.Chatbot{})
		return bot + "/" + e.DefaultAgent(bot)
	}},
	{"user-facing agent of some sources", "agent", agentOf(mockhub.Agent{Prompt: "Be kind.\r\n\r\n\tAnd  short.\n", Enabled: true, Temperature: 0.3, Bias: new(-10.0), Stickness: new(0.5),
		Variables: []mockhub.Variable{{Name: "user_email", Description: "Who?", Type: "string", Example: "a@example.com"}, {Name: "vip", Type: "boolean", Content: "false", Static: true}}}, true)},
	{"user-facing agent of all sources", "agent", agentOf(mockhub.Agent{UseAllSources: true}, true)},
	{"user-facing agent of no sources", "agent", agentOf(mockhub.Agent{UseAllSourcesUnset: true}, false)},
	{"background agent", "agent", agentOf(mockhub.Agent{Type: "background", Tags: []mockhub.AgentTag{{Name: "billing", Criteria: "About money.", Color: "#0071f9"}}}, false)},
	{"background agent without tags", "agent", agentOf(mockhub.Agent{Type: "background"}, false)},
	{"human-escalation agent", "agent", agentOf(mockhub.Agent{Type: "human-escalation", HumanEscalationSettings: &mockhub.EscalationSettings{HumanRequestedMessage: "One moment.", MonitoredMessages: []string{"help"}, SoundEnabled: true}}, false)},
	{"pre-canned agent", "agent", agentOf(mockhub.Agent{Type: "pre-canned", DefaultMessage: new("We are closed.")}, false)},
	{"spam-defense agent", "agent", agentOf(mockhub.Agent{Type: "spam-defense"}, false)},
	{"tool function", "tool_function", functionOf(mockhub.Function{Name: "find_order", Description: "Finds an order.", Method: "POST", Enabled: true, AllowGPTTrainerProperties: true,
		Headers:    map[string]string{"Authorization": "Bearer c4nary", "X-Shop": "north"},
		Parameters: `{"type":"object","properties":{"order":{"type":"string","description":"Its \"number\""}},"required":["order"]}`})},
	{"plain tool function", "tool_function", functionOf(mockhub.Function{})},
	{"question", "source", sourceOf(mockhub.Source{Type: "qa", Question: "When do you open?", Answer: "At 9.\nNot on ${day}.", ReferenceSourceLink: "https://example.com/hours"})},
	{"web page", "source", sourceOf(mockhub.Source{Type: "link", FileName: "https://example.com/help?a=b#c"})},
	{"file", "source", sourceOf(mockhub.Source{FileName: "prices.pdf"})},
	{"source without a title", "source", func(e *acctest.Env, chatbot string) string {
		id := e.AddSource(chatbot, mockhub.Source{FileName: "untitled.pdf"})
		e.EditSource(id, func(s *mockhub.Source) { s.Title = "" })
		return chatbot + "/" + id
	}},
	{"failed file", "source", sourceOf(mockhub.Source{FileName: "secret.pdf", FailsWith: "error:no text"})},
	{"file in training", "source", sourceOf(mockhub.Source{FileName: "long.pdf", Status: "running"})},
	{"Google Drive document", "source", sourceOf(mockhub.Source{Type: "google-drive", FileName: "Team/Plans 2026"})},
	{"table", "source", sourceOf(mockhub.Source{Type: "table", FileName: "stock.xlsx"})},
	{"video", "source", sourceOf(mockhub.Source{Type: "video", FileName: "https://videos.example.com/watch?v=1"})},
	{"source tag", "source_tag", func(e *acctest.Env, chatbot string) string {
		return chatbot + "/" + e.AddTag(chatbot, mockhub.SourceTag{Name: "team sales", Color: "#a0b1c2", DataSourceUUIDs: []string{e.AddSource(chatbot, mockhub.Source{})}})
	}},
	{"source tag without sources", "source_tag", func(e *acctest.Env, chatbot string) string {
		return chatbot + "/" + e.AddTag(chatbot, mockhub.SourceTag{})
	}},
	{"session", "session", func(e *acctest.Env, chatbot string) string {
		return chatbot + "/" + e.AddSession(chatbot, mockhub.Session{InitialVariables: map[string]any{"page": "/prices"}})
	}},
	{"session by its id alone", "session", func(e *acctest.Env, chatbot string) string { return e.AddSession(chatbot, mockhub.Session{}) }},
	{"message", "message", func(e *acctest.Env, chatbot string) string {
		session := e.AddSession(chatbot, mockhub.Session{})
		return session + "/" + e.AddMessage(session, mockhub.Message{Query: "When do you open?\n", Response: "At 9."})
	}},
}

func agentOf(a mockhub.Agent, source bool) func(*acctest.Env, string) string {
	return func(e *acctest.Env, chatbot string) string {
		a := a // the table is shared by tests that run at once
		if source {
			a.DataSourceUUIDs = []string{e.AddSource(chatbot, mockhub.Source{})}
		}
		return chatbot + "/" + e.AddAgent(chatbot, a)
	}
}

func functionOf(f mockhub.Function) func(*acctest.Env, string) string {
	return func(e *acctest.Env, chatbot string) string {
		agent := e.DefaultAgent(chatbot)
		return chatbot + "/" + agent + "/" + e.AddFunction(agent, f)
	}
}

func sourceOf(s mockhub.Source) func(*acctest.Env, string) string {
	return func(e *acctest.Env, chatbot string) string { return chatbot + "/" + e.AddSource(chatbot, s) }
}

// TestGeneratedConfiguration: what Terraform writes by itself for objects that are imported plans to import all of them and to change
// nothing, under every reading of the contract that shows in answers.
func TestGeneratedConfiguration(t *testing.T) {
	t.Parallel()
	c := acctest.NewCLI(t)
	for name, quirk := range map[string]func(*mockhub.Quirks){
		"as documented": func(*mockhub.Quirks) {},
		"a newer deployment": func(q *mockhub.Quirks) {
			q.AgentMetaFull, q.SessionEcho, q.MessageFull, q.ExtraFields, q.UploadTypeFile = true, true, true, true, true
		},
		"other spellings": func(q *mockhub.Quirks) {
			q.BooleansAsNumbers, q.NumbersAsFloats, q.SourceNumbersAsStrings, q.ParametersReordered, q.ShowCitationSingular = true, true, true, true, true
		},
		"short answers": func(q *mockhub.Quirks) {
			q.SourceNumbersNull, q.MetaJSON, q.CiteDataEmpty, q.MessageErrorNull = true, "without", "absent", true
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t, quirk)
			home := e.SeedChatbot()
			r := &exampleRun{T: t, Env: e, dir: t.TempDir()}
			r.tf = c.Terraform(t, r.dir, e, nil)
			var blocks strings.Builder
			for i, g := range generated {
				fmt.Fprintf(&blocks, "# %s\nimport {\n  to = aichatbothub_%s.n%d\n  id = %q\n}\n", g.kind, g.typeName, i, g.seed(e, home))
			}
			r.prepare(blocks.String())
			r.generate()
		})
	}
}

// generate has Terraform write the configuration for the import blocks, and applies it: nothing is sent.
func (r *exampleRun) generate() {
	r.Helper()
	_, err := r.tf.Plan(r.Context(), tfexec.GenerateConfigOut("generated.tf"))
	text, _ := os.ReadFile(filepath.Join(r.dir, "generated.tf"))
	if err != nil {
		r.Fatalf("%v\n%s", err, text)
	}
	r.importsOnly(len(generated))
	r.Forget()
	r.must(r.tf.Apply(r.Context()))
	for _, request := range r.Requests() {
		if request.Method != "GET" {
			r.Errorf("%s was sent: %s", request.Route, request.Body)
		}
	}
	r.settled()
}

// importsOnly plans: so many imports, and no change.
func (r *exampleRun) importsOnly(want int) {
	r.Helper()
	imports := 0
	for _, change := range r.plan().ResourceChanges {
		if change.Change.Importing != nil {
			imports++
		}
		if !change.Change.Actions.NoOp() {
			r.Errorf("%s is planned as %v, want no change: %v → %v", change.Address, change.Change.Actions, change.Change.Before, change.Change.After)
		}
	}
	if imports != want {
		r.Errorf("%d imports are planned, want %d", imports, want)
	}
}
