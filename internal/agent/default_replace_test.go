package agent_test

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

const (
	defaultAgent   = "aichatbothub_default_agent"
	originalPrompt = "You are a helpful assistant."
	lost           = "Earlier settings of the default agent are lost"
	unsure         = "Restored settings may not be the original ones"
	leftAsItIs     = "Default agent left as it is"
)

// fixture is a chatbot with its default agent, and a provider.
type fixture struct {
	*testing.T
	*acctest.Env
	s              *acctest.Server
	chatbot, agent string
}

func newFixture(t *testing.T, quirks ...func(*mockhub.Quirks)) *fixture {
	t.Helper()
	e := acctest.Start(t, quirks...)
	h := &fixture{T: t, Env: e, s: e.Server(t), chatbot: oldChatbot(e)}
	h.agent = e.DefaultAgent(h.chatbot)
	return h
}

// oldChatbot adds a chatbot whose default agent has not been changed for years.
func oldChatbot(e *acctest.Env) string {
	id := e.AddChatbot(mockhub.Chatbot{Name: "Home", CreatedAt: time.Date(2024, 1, 2, 3, 4, 5, 0, time.UTC)})
	e.Keep(id)
	return id
}

// run begins another run of Terraform.
func (h *fixture) run() {
	h.Helper()
	if err := h.s.NewRun(h.Env); err != nil {
		h.Fatal(err)
	}
}

// settings is a configuration of the default agent.
func (h *fixture) settings(texts map[string]string) map[string]tftypes.Value {
	values := acctest.Strings(texts)
	maps.Copy(values, acctest.Strings(map[string]string{"chatbot_id": h.chatbot}))
	return values
}

// change plans and applies a configuration, or a destroy for nil. It returns the warnings.
func change(o *acctest.Object, values map[string]tftypes.Value) ([]string, error) {
	config := tftypes.NewValue(o.State.Type(), nil)
	if values != nil {
		config = o.Configuration(values)
	}
	p, err := o.Plan(config)
	if err != nil {
		return nil, err
	}
	return o.Apply(config, p)
}

// must is change without an error, and with warnings of these summaries only.
func (h *fixture) must(o *acctest.Object, values map[string]tftypes.Value, summaries ...string) {
	h.Helper()
	warnings, err := change(o, values)
	if err != nil {
		h.Fatal(err)
	}
	h.warned(warnings, summaries...)
}

func (h *fixture) warned(warnings []string, summaries ...string) {
	h.Helper()
	if !slices.EqualFunc(warnings, summaries, strings.Contains) {
		h.Errorf("warnings %q, want %q", warnings, summaries)
	}
}

// has fails the test unless the default agent has this prompt.
func (h *fixture) has(prompt string) {
	h.Helper()
	if a, _ := h.Agent(h.agent); a.Prompt != prompt {
		h.Errorf("the prompt is %q, want %q", a.Prompt, prompt)
	}
}

// TestTakenOverAgain: one resource takes the agent over while another one is destroyed in the same run. The agent has the configured settings
// afterwards, whichever comes first, and a later destroy restores what is known.
func TestTakenOverAgain(t *testing.T) {
	t.Parallel()
	mine, other := map[string]string{"prompt": "Mine"}, map[string]string{"prompt": "Other", "description": "Other"}
	for name, c := range map[string]struct {
		second       map[string]string
		createFirst  bool     // as with create_before_destroy
		atOnce, last []string // warnings
		restored     string
	}{
		"deleted first":              {second: mine, restored: originalPrompt},
		"deleted first and changed":  {second: other, restored: originalPrompt},
		"created first":              {second: mine, createFirst: true, atOnce: []string{lost}, last: []string{unsure}, restored: "Mine"},
		"created first and changed":  {second: other, createFirst: true, atOnce: []string{lost}, last: []string{unsure}, restored: "Mine"},
		"created first with nothing": {second: nil, createFirst: true, atOnce: []string{lost}, last: []string{unsure}, restored: "Mine"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newFixture(t)
			a, b := h.s.Object(defaultAgent), h.s.Object(defaultAgent)
			h.must(a, h.settings(mine))
			h.run()
			if c.createFirst {
				h.must(b, h.settings(c.second))
				h.must(a, nil, c.atOnce...)
			} else {
				h.must(a, nil, c.atOnce...)
				h.must(b, h.settings(c.second))
			}
			want := c.second["prompt"]
			if want == "" {
				want = "Mine" // what is not configured stays
			}
			h.has(want)
			h.run()
			h.must(b, nil, c.last...)
			h.has(c.restored)
		})
	}
}

// gate holds the next update of an agent until it is opened. A fault of the mock does not work in a synctest bubble that is younger.
type gate struct {
	http.RoundTripper
	closed atomic.Bool
	open   chan struct{}
}

func (g *gate) option(cfg *hub.Config) {
	network := cfg.Network
	cfg.Network = func(t http.RoundTripper) http.RoundTripper {
		g.RoundTripper = network(t)
		return g
	}
}

// RoundTrip implements http.RoundTripper.
func (g *gate) RoundTrip(req *http.Request) (*http.Response, error) {
	if strings.HasSuffix(req.URL.Path, "/update") && g.closed.CompareAndSwap(true, false) {
		<-g.open
	}
	return g.RoundTripper.RoundTrip(req)
}

// TestTakenOverAtOnce: a resource that was renamed without moved is destroyed and created at the same time. Neither can spoil what the other
// does, and the settings from before are passed on.
func TestTakenOverAtOnce(t *testing.T) {
	t.Parallel()
	for _, first := range []string{"create", "delete"} {
		t.Run(first+" first", func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t)
			chatbot := oldChatbot(e)
			synctest.Test(t, func(t *testing.T) {
				gate := &gate{open: make(chan struct{})}
				h := &fixture{T: t, Env: e, s: e.Server(t, e.WithoutNetwork, gate.option), chatbot: chatbot, agent: e.DefaultAgent(chatbot)}
				a, b := h.s.Object(defaultAgent), h.s.Object(defaultAgent)
				h.must(a, h.settings(map[string]string{"prompt": "Mine", "description": "Mine"}))
				h.run()

				done := make(chan struct{}, 2)
				gate.closed.Store(true)
				steps := map[string]func(){
					"create": func() {
						h.must(b, h.settings(map[string]string{"prompt": "Mine", "description": "New"}))
						done <- struct{}{}
					},
					"delete": func() { h.must(a, nil); done <- struct{}{} },
				}
				go steps[first]() // until it has sent its update
				synctest.Wait()
				delete(steps, first)
				for _, second := range steps {
					go second()
				}
				synctest.Wait()
				close(gate.open)
				<-done
				<-done
				h.has("Mine")
				h.run()
				h.must(b, nil)
				h.has(originalPrompt)
			})
		})
	}
}

// TestReplacedWithoutAllSources: a default agent that no longer uses all sources is recognized by what another resource of the same run or
// configuration has made of it.
func TestReplacedWithoutAllSources(t *testing.T) {
	t.Parallel()
	for _, createFirst := range []bool{true, false} {
		t.Run(fmt.Sprintf("created first %t", createFirst), func(t *testing.T) {
			t.Parallel()
			h := newFixture(t, anySource)
			values := h.settings(map[string]string{"prompt": "Mine"})
			values["source_ids"] = tftypes.NewValue(tftypes.Set{ElementType: tftypes.String}, []tftypes.Value{tftypes.NewValue(tftypes.String, strings.Repeat("a", 32))})
			a, b := h.s.Object(defaultAgent), h.s.Object(defaultAgent)
			h.must(a, values)
			// Another agent could be taken for the default agent.
			bot, _ := h.Chatbot(h.chatbot)
			h.Keep(h.AddAgent(h.chatbot, mockhub.Agent{Name: "Twin", CreatedAt: bot.CreatedAt, UseAllSources: !createFirst}))
			h.run()
			if createFirst {
				h.must(b, values)
				h.must(a, nil, lost)
			} else {
				h.must(a, nil)
				h.must(b, values)
			}
			h.has("Mine")
			if got := acctest.At(b.State, "id"); !got.Equal(tftypes.NewValue(tftypes.String, h.agent)) {
				t.Errorf("took over %s, want %s", got, h.agent)
			}
		})
	}
}

// TestDisabledAgents: other agents that were created with the chatbot and have the configured value of enabled too are not taken for the
// default agent.
func TestDisabledAgents(t *testing.T) {
	t.Parallel()
	h := newFixture(t)
	bot, _ := h.Chatbot(h.chatbot)
	for range 2 {
		h.Keep(h.AddAgent(h.chatbot, mockhub.Agent{CreatedAt: bot.CreatedAt}))
	}
	h.run()
	o := h.s.Object(defaultAgent)
	values := h.settings(nil)
	values["enabled"] = tftypes.NewValue(tftypes.Bool, false)
	values["source_ids"] = tftypes.NewValue(tftypes.Set{ElementType: tftypes.String}, []tftypes.Value{})
	h.must(o, values)
	if got := acctest.At(o.State, "id"); !got.Equal(tftypes.NewValue(tftypes.String, h.agent)) {
		t.Errorf("took over %s, want %s", got, h.agent)
	}
}

// TestTakenOverByUpdate: another resource for the agent, which was imported, is updated while the first one is destroyed.
func TestTakenOverByUpdate(t *testing.T) {
	t.Parallel()
	for _, updateFirst := range []bool{true, false} {
		t.Run(fmt.Sprintf("updated first %t", updateFirst), func(t *testing.T) {
			t.Parallel()
			h := newFixture(t)
			a, b := h.s.Object(defaultAgent), h.s.Object(defaultAgent)
			h.must(a, h.settings(map[string]string{"prompt": "Mine"}))
			h.run()
			if err := b.Import(h.chatbot + "/" + h.agent); err != nil {
				t.Fatal(err)
			}
			changed := h.settings(map[string]string{"prompt": "Mine", "description": "Mine"})
			if updateFirst {
				h.must(b, changed)
				h.must(a, nil, lost)
			} else {
				config := b.Configuration(changed)
				p, err := b.Plan(config) // the plan is older than the destroy
				if err != nil {
					t.Fatal(err)
				}
				h.must(a, nil)
				if _, err := b.Apply(config, p); err != nil {
					t.Fatal(err)
				}
			}
			h.has("Mine")
		})
	}
}

// TestUnknownBefore: what a destroy says and does when the settings from before are not known.
func TestUnknownBefore(t *testing.T) {
	t.Parallel()
	mine := map[string]string{"prompt": "Mine"}
	t.Run("tainted", func(t *testing.T) {
		t.Parallel()
		h := newFixture(t)
		o := h.s.Object(defaultAgent)
		h.must(o, h.settings(mine))
		h.run()
		o.ForgetPrivate()
		h.must(o, nil, leftAsItIs)
		h.must(o, h.settings(mine))
		h.has("Mine")
		h.run()
		h.must(o, nil, unsure)
		h.has("Mine")
	})
	t.Run("refused at first", func(t *testing.T) {
		t.Parallel()
		h := newFixture(t)
		o := h.s.Object(defaultAgent)
		h.Inject(mockhub.Fault{Route: update, Status: 400})
		if _, err := change(o, h.settings(mine)); err == nil || !o.State.IsNull() {
			t.Fatalf("error %v and state %s, want an error and no state: nothing was changed", err, o.State)
		}
		h.run()
		h.must(o, h.settings(mine))
		h.run()
		h.must(o, nil)
		h.has(originalPrompt)
	})
	t.Run("answer lost at first", func(t *testing.T) {
		t.Parallel()
		h := newFixture(t)
		o := h.s.Object(defaultAgent)
		h.Inject(mockhub.Fault{Route: update, Process: true, Status: 500, Times: -1})
		if _, err := change(o, h.settings(mine)); err == nil || o.State.IsNull() {
			t.Fatalf("error %v and state %s, want an error and a state", err, o.State)
		}
		h.ClearFaults()
		h.run()
		h.must(o, nil) // the private state reaches a plain destroy
		h.has(originalPrompt)
	})
	t.Run("imported and renamed", func(t *testing.T) {
		t.Parallel()
		h := newFixture(t)
		a, b := h.s.Object(defaultAgent), h.s.Object(defaultAgent)
		if err := a.Import(h.chatbot + "/" + h.agent); err != nil {
			t.Fatal(err)
		}
		h.must(a, h.settings(mine))
		h.run()
		h.must(a, nil, leftAsItIs)
		h.must(b, h.settings(map[string]string{"prompt": "Other"}))
		h.run()
		h.must(b, nil, unsure)
		h.has("Mine")
	})
}

// TestRenamedThroughCLI: Terraform renames a default agent without moved, and replaces it with create_before_destroy, which a tool function
// implies.
func TestRenamedThroughCLI(t *testing.T) {
	t.Parallel()
	h := newFixture(t)
	h.ThroughCLI()
	config := func(name, trigger, lifecycle string) string {
		return h.Config(fmt.Sprintf("resource \"terraform_data\" \"t\" {\n  input = %q\n}\n", trigger) +
			takeOver(name, `"`+h.chatbot+`"`, "prompt = \"Mine\"\n  lifecycle {\n    replace_triggered_by = [terraform_data.t]\n  }") + fmt.Sprintf(`
resource "aichatbothub_tool_function" "f" {
  chatbot_id  = aichatbothub_default_agent.%[1]s.chatbot_id
  agent_id    = aichatbothub_default_agent.%[1]s.id
  name        = "f"
  description = "F."
  url         = "https://example.com/"
  %[2]s
}
`, name, lifecycle))
	}
	check := func(*terraform.State) error {
		if a, _ := h.Agent(h.agent); a.Prompt != "Mine" {
			return fmt.Errorf("the prompt is %q", a.Prompt)
		}
		return nil
	}
	before := "lifecycle {\n    create_before_destroy = true\n  }"
	h.Test(t,
		resource.TestStep{Config: config("a", "1", ""), Check: check},
		resource.TestStep{Config: config("b", "1", ""), Check: check},
		resource.TestStep{Config: config("b", "2", before), Check: check},
	)
}

// TestDefaultAgentsOfTwoChatbots: a replacement that moves to another chatbot concerns two agents.
func TestDefaultAgentsOfTwoChatbots(t *testing.T) {
	t.Parallel()
	h := newFixture(t)
	two := h.SeedChatbot()
	at := func(chatbot string) resource.TestStep {
		return resource.TestStep{Config: h.Config(takeOver("t", `"`+chatbot+`"`, `prompt = "Mine"`)), Check: func(*terraform.State) error {
			for _, bot := range []string{h.chatbot, two} {
				want := originalPrompt
				if bot == chatbot {
					want = "Mine"
				}
				if a, _ := h.Agent(h.DefaultAgent(bot)); a.Prompt != want {
					return fmt.Errorf("the prompt of the default agent of %s is %q, want %q", bot, a.Prompt, want)
				}
			}
			return nil
		}}
	}
	h.Test(t, at(h.chatbot), at(two), at(h.chatbot))
}

// TestDefaultAgentTwin: an agent that could be the default agent, too, appears after the take-over. A replacement takes the same agent over.
func TestDefaultAgentTwin(t *testing.T) {
	t.Parallel()
	h := newFixture(t)
	step := resource.TestStep{Config: h.Config(takeOver("t", `"`+h.chatbot+`"`, `prompt = "Mine"`)), Check: func(s *terraform.State) error {
		if got := s.RootModule().Resources[defaultAgent+".t"].Primary.ID; got != h.agent {
			return fmt.Errorf("took over %s, want %s", got, h.agent)
		}
		return nil
	}}
	again := step
	again.Taint = []string{defaultAgent + ".t"}
	again.PreConfig = func() {
		bot, _ := h.Chatbot(h.chatbot)
		h.Keep(h.AddAgent(h.chatbot, mockhub.Agent{Name: "Twin", UseAllSources: true, CreatedAt: bot.CreatedAt}))
	}
	h.Test(t, step, again)
}
