package chatbot_test

import (
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// The lists that a plan to destroy a chatbot reads.
const (
	agents   = "GET /chatbot/{uuid}/agents"
	sources  = "GET /chatbot/{uuid}/data-sources"
	sessions = "GET /chatbot/{uuid}/sessions"
)

// filled is a service with a chatbot that has three agents, a source, and four conversations, one of which is old.
func filled(t *testing.T, quirks ...func(*mockhub.Quirks)) (e *acctest.Env, id string) {
	t.Helper()
	e = acctest.Start(t, quirks...)
	id = e.AddChatbot(mockhub.Chatbot{Name: "Support"})
	for range 2 {
		e.AddAgent(id, mockhub.Agent{})
	}
	e.AddSource(id, mockhub.Source{})
	for _, age := range []int{0, 1, 29, 31} {
		e.AddSession(id, mockhub.Session{CreatedAt: time.Now().UTC().AddDate(0, 0, -age)})
	}
	return e, id
}

// imported returns a server of a new run, and the chatbot as it is in the state.
func imported(t *testing.T, e *acctest.Env, id string) (*acctest.Server, *acctest.Object) {
	t.Helper()
	s := e.Server(t)
	o := s.Object("aichatbothub_chatbot")
	if err := o.Import(id); err != nil {
		t.Fatal(err)
	}
	newRun(t, s, e)
	return s, o
}

func newRun(t *testing.T, s *acctest.Server, e *acctest.Env) {
	t.Helper()
	if err := s.NewRun(e); err != nil {
		t.Fatal(err)
	}
	e.Forget()
}

// destroyed returns the warnings of a plan that destroys an object.
func destroyed(t *testing.T, o *acctest.Object) string {
	t.Helper()
	p, err := o.Plan(tftypes.NewValue(o.State.Type(), nil))
	if err != nil {
		t.Error(err)
	}
	return strings.Join(p.Warnings, "\n")
}

// TestDestroyWarning: a plan to destroy a chatbot says what is lost, at one request for each list. A list that fails is left out.
func TestDestroyWarning(t *testing.T) {
	t.Parallel()
	fails := func(routes ...string) func(*acctest.Env, string) {
		return func(e *acctest.Env, _ string) {
			for _, route := range routes {
				e.Inject(mockhub.Fault{Route: route, Status: http.StatusInternalServerError, Times: -1})
			}
		}
	}
	const whole = "It has 3 agents, 1 source and 3 conversations of the last 30 days. Terraform cannot"
	for name, c := range map[string]struct {
		quirk  func(*mockhub.Quirks)
		before func(e *acctest.Env, id string)
		want   string
	}{
		"all":               {want: whole},
		"times are ignored": {quirk: func(q *mockhub.Quirks) { q.SessionsIgnoreTimes = true }, want: whole},
		"no agents":         {before: fails(agents), want: "embeds it. It has 1 source and 3 conversations of the last 30 days. Terraform cannot"},
		"no sources":        {before: fails(sources), want: "embeds it. It has 3 agents and 3 conversations of the last 30 days. Terraform cannot"},
		"no sessions":       {before: fails(sessions), want: "embeds it. It has 3 agents and 1 source. Terraform cannot"},
		"one list":          {before: fails(agents, sessions), want: "embeds it. It has 1 source. Terraform cannot"},
		"none":              {before: fails(agents, sources, sessions), want: "embeds it. Terraform cannot"},
		"odd answers": {before: func(e *acctest.Env, _ string) {
			e.Inject(mockhub.Fault{Route: agents, Body: `{"no": "list"}`, Times: -1})
			e.Inject(mockhub.Fault{Route: sources, HTML: true, Times: -1})
		}, want: "embeds it. It has 3 conversations of the last 30 days. Terraform cannot"},
		"nothing in it": {before: func(e *acctest.Env, id string) {
			for _, a := range e.Agents(id) {
				e.RemoveAgent(a.UUID)
			}
			for _, s := range e.Sources(id) {
				e.RemoveSource(s.UUID)
			}
			for _, s := range e.Sessions(id) {
				e.RemoveSession(s.UUID)
			}
		}, want: "It has no agents, no sources and no conversations of the last 30 days. Terraform cannot"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e, id := filled(t)
			if c.quirk != nil {
				e.SetQuirks(c.quirk)
			}
			_, o := imported(t, e, id)
			if c.before != nil {
				c.before(e, id)
			}
			got := destroyed(t, o)
			if !strings.HasPrefix(got, `Destroying chatbot "Support" (`+id+") deletes all that it contains: ") || !strings.Contains(got, c.want) {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
			if c.before == nil && (e.Count("") != 3 || e.Count(agents) != 1 || e.Count(sources) != 1 || e.Count(sessions) != 1) {
				t.Errorf("%d requests, want one for each list: %v", e.Count(""), e.Requests())
			}
			e.ClearFaults()
			if _, err := o.Apply(tftypes.NewValue(o.State.Type(), nil), acctest.Planned{Value: tftypes.NewValue(o.State.Type(), nil)}); err != nil || len(e.Chatbots()) > 0 {
				t.Errorf("the destroy: %v, %d chatbots left", err, len(e.Chatbots()))
			}
		})
	}
}

// TestDestroyWarningOfOne: whether there is a warning, and what it costs.
func TestDestroyWarningOfOne(t *testing.T) {
	t.Parallel()
	t.Run("the chatbot is gone", func(t *testing.T) {
		t.Parallel()
		for _, status := range []int{404, 400, 403, 422} {
			e, id := filled(t, func(q *mockhub.Quirks) { q.UnknownStatus = status })
			_, o := imported(t, e, id)
			e.RemoveChatbot(id)
			if got := destroyed(t, o); got != "" {
				t.Errorf("%d: %s", status, got)
			}
		}
	})
	t.Run("the provider is not configured yet", func(t *testing.T) {
		t.Parallel()
		e, id := filled(t)
		s, o := imported(t, e, id)
		if err := s.NewRunWithoutKey(e); err != nil {
			t.Fatal(err)
		}
		if got := destroyed(t, o); !strings.HasPrefix(got, `Destroying chatbot "Support" (`) || !strings.Contains(got, "embeds it. Terraform cannot") || e.Count("") != 0 {
			t.Errorf("%s, %d requests", got, e.Count(""))
		}
	})
	t.Run("two chatbots of one name, which is an address", func(t *testing.T) {
		t.Parallel()
		e, id := filled(t)
		e.EditChatbot(id, func(c *mockhub.Chatbot) { c.Name = "https://shop.example/?token=canary" })
		other := e.AddChatbot(mockhub.Chatbot{Name: "https://shop.example/?token=canary"})
		var summaries []string
		for _, one := range []string{id, other} {
			_, o := imported(t, e, one)
			summary, _, _ := strings.Cut(destroyed(t, o), ": The apply")
			summaries = append(summaries, summary)
		}
		if summaries[0] == summaries[1] || strings.Contains(summaries[0], "canary") || !strings.Contains(summaries[0], "shop.example") {
			t.Errorf("%q", summaries)
		}
	})
	t.Run("nothing is destroyed, or it is protected", func(t *testing.T) {
		t.Parallel()
		e, id := filled(t)
		s, o := imported(t, e, id)
		config := func(name string, protected bool) tftypes.Value {
			return o.Configuration(map[string]tftypes.Value{"name": tftypes.NewValue(tftypes.String, name), "deletion_protection": tftypes.NewValue(tftypes.Bool, protected)})
		}
		for _, c := range []tftypes.Value{config("Support", false), config("Other", false), config("Support", true)} {
			p, err := o.Plan(c)
			if err != nil || len(p.Warnings) > 0 || e.Count("") != 0 {
				t.Errorf("%v %q, %d requests", err, p.Warnings, e.Count(""))
			}
			if _, err := o.Apply(c, p); err != nil {
				t.Fatal(err)
			}
			newRun(t, s, e)
		}
		p, err := o.Plan(tftypes.NewValue(o.State.Type(), nil))
		if err == nil || len(p.Warnings) > 0 || e.Count("") != 0 {
			t.Errorf("protected: %v %q, %d requests", err, p.Warnings, e.Count(""))
		}
	})
}

// TestReplacementWarning: a plan with -replace says what is lost with the old chatbot, by its old name. The plan of the apply does not say it again.
func TestReplacementWarning(t *testing.T) {
	t.Parallel()
	e, id := filled(t)
	_, o := imported(t, e, id)
	config := o.Configuration(map[string]tftypes.Value{"name": tftypes.NewValue(tftypes.String, "Other")})
	p, err := o.PlanReplacement(config)
	if err != nil || len(p.Warnings) != 1 {
		t.Fatalf("%v, warnings %q", err, p.Warnings)
	}
	for _, want := range []string{`Replacing chatbot "Support" (` + id + ") deletes all that it contains: ", "It has 3 agents, 1 source and 3 conversations of the last 30 days.", "leave out -replace"} {
		if !strings.Contains(p.Warnings[0], want) {
			t.Errorf("%s lacks %q", p.Warnings[0], want)
		}
	}
	if n := e.Count(""); n != 3 {
		t.Errorf("%d requests, want one for each list", n)
	}
	if final, err := o.Final(p, config); err != nil || len(final.Warnings) > 0 {
		t.Errorf("in the apply: %v %q", err, final.Warnings)
	}
	e.RemoveChatbot(id)
	if p, err := o.PlanReplacement(config); err != nil || len(p.Warnings) > 0 {
		t.Errorf("of one that is gone: %v %q", err, p.Warnings)
	}
}

// silent does not answer requests for some lists until they are cancelled.
type silent struct {
	http.RoundTripper
	lists []string
}

func (s silent) RoundTrip(req *http.Request) (*http.Response, error) {
	for _, list := range s.lists {
		if strings.HasSuffix(req.URL.Path, list) {
			<-req.Context().Done()
			return nil, req.Context().Err()
		}
	}
	return s.RoundTripper.RoundTrip(req)
}

// TestDestroyWarningIsLate: the plan waits 5 s for all lists together, with the numbers that it has then. After Ctrl-C it waits no longer. It
// runs on the clock of a synctest bubble.
func TestDestroyWarningIsLate(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		lists []string
		after time.Duration // of Ctrl-C
		took  time.Duration
		said  string
	}{
		"one list":  {[]string{"/sessions"}, 0, 5 * time.Second, "It has 3 agents and 1 source. Terraform"},
		"all lists": {[]string{"/sessions", "/agents", "/data-sources"}, 0, 5 * time.Second, "embeds it. Terraform"},
		"Ctrl-C":    {[]string{"/agents"}, time.Second, time.Second, "It has 1 source and "},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e, id := filled(t)
			var took time.Duration
			var got string
			synctest.Test(t, func(t *testing.T) {
				s := e.Server(t, e.WithoutNetwork, func(cfg *hub.Config) {
					inner := cfg.Network
					cfg.Network = func(rt http.RoundTripper) http.RoundTripper { return silent{inner(rt), c.lists} }
				})
				o := s.Object("aichatbothub_chatbot")
				if err := o.Import(id); err != nil {
					t.Fatal(err)
				}
				if c.after > 0 {
					time.AfterFunc(c.after, func() { _, _ = s.StopProvider(t.Context(), &tfprotov6.StopProviderRequest{}) })
				}
				begin := time.Now()
				got = destroyed(t, o)
				took = time.Since(begin)
			})
			if took != c.took || !strings.Contains(got, c.said) {
				t.Errorf("it took %s\n%s", took, got)
			}
		})
	}
}

// TestDestroyWarningThroughCLI: Terraform shows the warnings of two chatbots, because their summaries differ, and that of a knowledge base.
func TestDestroyWarningThroughCLI(t *testing.T) {
	t.Parallel()
	c, e := acctest.NewCLI(t), acctest.Start(t)
	dir := t.TempDir()
	config := `
terraform {
  required_providers {
    aichatbothub = { source = "aichatbothub/aichatbothub" }
  }
}

resource "aichatbothub_chatbot" "t" {
  count = 2
  name  = "Bot ${count.index}"
}

resource "aichatbothub_knowledge_base" "t" {
  chatbot_id        = aichatbothub_chatbot.t[0].id
  questions         = { "When?" = "Now.", "Where?" = "Here." }
  wait_for_training = false
}
`
	if err := os.WriteFile(filepath.Join(dir, "main.tf"), []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	tf := c.Terraform(t, dir, e, nil)
	if err := tf.Init(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := tf.Apply(t.Context()); err != nil {
		t.Fatal(err)
	}
	e.Forget()
	var out strings.Builder
	tf.SetStdout(&out)
	if err := tf.Destroy(t.Context()); err != nil || len(e.Chatbots()) != 0 {
		t.Errorf("destroy: %v, %d chatbots left", err, len(e.Chatbots()))
	}
	text := regexp.MustCompile(`[\s│╷╵]+`).ReplaceAllString(out.String(), " ")
	for _, want := range []string{
		`Warning: Destroying chatbot "Bot 0" \([0-9a-f]{32}\) deletes all that it contains .* It has 1 agent, 2 sources and no conversations of the last 30 days\.`,
		`Warning: Destroying chatbot "Bot 1" \([0-9a-f]{32}\) deletes all that it contains .* It has 1 agent, no sources and no conversations of the last 30 days\.`,
		`Warning: Destroying knowledge base \S+ deletes its sources .* The apply deletes 2 sources of chatbot [0-9a-f]{32}\.`,
	} {
		if !regexp.MustCompile(want).MatchString(text) {
			t.Errorf("the output lacks %s\n%s", want, out.String())
		}
	}
	if e.Count(agents) != 2 || e.Count(sessions) != 2 {
		t.Errorf("%d lists of agents and %d of sessions for two chatbots", e.Count(agents), e.Count(sessions))
	}
}
