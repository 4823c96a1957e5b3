package agent_test

import (
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/hashicorp/terraform-exec/tfexec"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

const costs = "GET /agent/model-costs"

// existing are agents of a chatbot, as they are in the state and in the configuration.
type existing struct {
	*acctest.Env
	*acctest.Server
	t       *testing.T
	chatbot string
	objects []*acctest.Object
	configs []tftypes.Value
}

// newExisting has an agent with a configured model, one whose model is in the state only, a default agent, and an agent of a type without a model.
func newExisting(t *testing.T) *existing {
	t.Helper()
	e := acctest.Start(t)
	e.SetModels(map[string]float64{"gpt-4o-8k": 4, "gpt-4o-mini-4k": 1})
	w := &existing{Env: e, Server: e.Server(t), t: t, chatbot: e.SeedChatbot()}
	w.add("aichatbothub_agent", e.AddAgent(w.chatbot, mockhub.Agent{Type: "user-facing", Name: "A", Model: "gpt-4o-8k", Enabled: true}),
		map[string]string{"type": "user-facing", "name": "A", "model": "gpt-4o-8k"})
	w.add("aichatbothub_agent", e.AddAgent(w.chatbot, mockhub.Agent{Type: "user-facing", Name: "B", Model: "gpt-4o-8k", Enabled: true}),
		map[string]string{"type": "user-facing", "name": "B"})
	e.EditAgent(e.DefaultAgent(w.chatbot), func(a *mockhub.Agent) { a.Model = "gpt-4o-8k" })
	w.add("aichatbothub_default_agent", e.DefaultAgent(w.chatbot), nil)
	w.add("aichatbothub_agent", e.AddAgent(w.chatbot, mockhub.Agent{Type: "pre-canned", Name: "C", Enabled: true}), map[string]string{"type": "pre-canned", "name": "C"})
	return w
}

func (w *existing) add(typeName, id string, arguments map[string]string) {
	w.t.Helper()
	w.run("ignore") // reads the agents again
	o := w.Object(typeName)
	if err := o.Import(w.chatbot + "/" + id); err != nil {
		w.t.Fatal(err)
	}
	values := acctest.Strings(arguments)
	values["chatbot_id"] = tftypes.NewValue(tftypes.String, w.chatbot)
	w.objects, w.configs = append(w.objects, o), append(w.configs, o.Configuration(values))
}

// run begins a run of Terraform with a value of unlisted_models.
func (w *existing) run(unlisted string) {
	w.t.Helper()
	if err := w.NewRunWith(w.Env, map[string]string{"unlisted_models": unlisted}); err != nil {
		w.t.Fatal(err)
	}
	w.Forget()
}

// plan plans all agents at the same time without a change, or their destruction, and returns the warnings and the errors.
func (w *existing) plan(destroy bool) (warnings []string, errs []string) {
	w.t.Helper()
	var mu sync.Mutex
	var all sync.WaitGroup
	for i, o := range w.objects {
		all.Go(func() {
			config := w.configs[i]
			if destroy {
				config = tftypes.NewValue(config.Type(), nil)
			}
			p, err := o.Plan(config)
			mu.Lock()
			defer mu.Unlock()
			warnings = append(warnings, p.Warnings...)
			if err != nil {
				errs = append(errs, err.Error())
			} else if !destroy && !o.Empty(p) {
				w.t.Errorf("the plan of agent %d changes something", i)
			}
		})
	}
	all.Wait()
	return warnings, errs
}

// sent fails the test unless so many requests for models and for costs were sent, and no others.
func (w *existing) sent(wantModels, wantCosts int) {
	w.t.Helper()
	if w.Count(models) != wantModels || w.Count(costs) != wantCosts || w.Count("") != wantModels+wantCosts {
		w.t.Errorf("%d requests for models and %d for costs of %d, want %d and %d", w.Count(models), w.Count(costs), w.Count(""), wantModels, wantCosts)
	}
}

// new plans a new agent with a model.
func (w *existing) new(model string) (acctest.Planned, error) {
	o := w.Object("aichatbothub_agent")
	return o.Plan(o.Configuration(acctest.Strings(map[string]string{"chatbot_id": w.chatbot, "type": "user-facing", "name": "D", "model": model})))
}

// TestUnlistedModels: which models are compared with each value of unlisted_models, and what that costs.
func TestUnlistedModels(t *testing.T) {
	t.Parallel()
	w := newExisting(t)
	quiet := func(name string, destroy bool) {
		t.Helper()
		if warnings, errs := w.plan(destroy); len(warnings)+len(errs) > 0 {
			t.Errorf("%s: %q %q", name, warnings, errs)
		}
	}
	w.run("error")
	quiet("all are listed", false)
	w.sent(1, 0)

	w.SetModels(map[string]float64{"gpt-5-8k": 4, "gpt-4o-mini-4k": 1, "o9-1k": 0})
	w.run("error")
	warnings, errs := w.plan(false)
	want := `Unlisted model: The service does not list the model "gpt-4o-8k". The most similar names in its list are: gpt-5-8k (4 credits), `
	if len(warnings) > 0 || len(errs) != 3 {
		t.Fatalf("three models are not listed any more: %q %q", warnings, errs)
	}
	for _, err := range errs {
		if !strings.Contains(err, want) || !strings.Contains(err, `unlisted_models is "error"`) || !strings.HasSuffix(err, `(AttributeName("model"))`) {
			t.Error(err)
		}
	}
	w.sent(1, 1)
	if _, err := w.new("gpt-6-8k"); err == nil || !strings.Contains(err.Error(), `"gpt-6-8k"`) {
		t.Errorf("a new agent: %v", err)
	}
	w.sent(1, 1)
	w.Forget()
	quiet("a destroy", true)
	w.sent(0, 0)

	for _, value := range []string{"warn", ""} {
		w.run(value)
		quiet("unchanged agents", false)
		w.sent(0, 0)
		if p, err := w.new("gpt-6-8k"); err != nil || len(p.Warnings) != 1 || !strings.Contains(p.Warnings[0], "Unlisted model: ") {
			t.Errorf("%q: %v %q", value, err, p.Warnings)
		}
		w.sent(1, 1)
	}

	w.run("ignore")
	quiet("unchanged agents", false)
	if p, err := w.new("gpt-6-8k"); err != nil || len(p.Warnings) > 0 {
		t.Errorf("ignore: %v %q", err, p.Warnings)
	}
	w.sent(0, 0)
}

// TestModelsNotCompared: without a usable list, a single warning says so where a model that is not listed would be an error. The list is
// requested once.
func TestModelsNotCompared(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(e *acctest.Env)
		want   string
	}{
		"no such route": {func(e *acctest.Env) { e.SetQuirks(func(q *mockhub.Quirks) { q.ModelsMissing = "404" }) }, "404"},
		"a page":        {func(e *acctest.Env) { e.SetQuirks(func(q *mockhub.Quirks) { q.ModelsMissing = "page" }) }, "cannot be used: "},
		"empty":         {func(e *acctest.Env) { e.SetModels(map[string]float64{}) }, "it is empty"},
		"refused":       {func(e *acctest.Env) { e.Inject(mockhub.Fault{Route: models, Status: http.StatusForbidden, Times: -1}) }, "403"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newExisting(t)
			c.change(w.Env)
			for _, unlisted := range []string{"error", "warn"} {
				w.run(unlisted)
				warnings, errs := w.plan(false)
				if p, err := w.new("gpt-6-8k"); err != nil || len(p.Warnings) > 0 {
					t.Errorf("%s, a new agent: %v %q", unlisted, err, p.Warnings)
				}
				if unlisted == "warn" {
					if len(warnings)+len(errs) > 0 {
						t.Errorf("%q %q", warnings, errs)
					}
				} else if len(errs) > 0 || len(warnings) != 1 || !strings.HasPrefix(warnings[0], "Models not compared: ") || !strings.Contains(warnings[0], c.want) {
					t.Errorf("%q %q", warnings, errs)
				}
				w.sent(1, 0)
			}
		})
	}
}

// TestUnlistedModelWithoutCosts: where prices cannot be read, the names stand alone. They are requested once.
func TestUnlistedModelWithoutCosts(t *testing.T) {
	t.Parallel()
	w := newExisting(t)
	w.SetModels(map[string]float64{"gpt-5-8k": 4})
	w.Inject(mockhub.Fault{Route: costs, Status: http.StatusForbidden, Times: -1})
	w.run("error")
	_, errs := w.plan(false)
	if len(errs) != 3 || !strings.Contains(errs[0], "in its list are: gpt-5-8k. The") {
		t.Errorf("%q", errs)
	}
	w.sent(1, 1)
}

// TestUnlistedModelKnownInApply: a model that is not known at plan is compared when the apply plans again, before anything is sent.
func TestUnlistedModelKnownInApply(t *testing.T) {
	t.Parallel()
	w := newExisting(t)
	w.run("error")
	o := w.Object("aichatbothub_agent")
	values := acctest.Strings(map[string]string{"chatbot_id": w.chatbot, "type": "user-facing", "name": "D"})
	values["model"] = tftypes.NewValue(tftypes.String, tftypes.UnknownValue)
	early, err := o.Plan(o.Configuration(values))
	if err != nil || len(early.Warnings) > 0 {
		t.Fatal(err, early.Warnings)
	}
	w.sent(0, 0)
	w.run("error")
	values["model"] = tftypes.NewValue(tftypes.String, "gpt-6-8k")
	if _, err := o.Final(early, o.Configuration(values)); err == nil || !strings.Contains(err.Error(), "Unlisted model") {
		t.Error(err)
	}
	w.sent(1, 1)
}

// TestUnlistedModelThroughCLI: a plan in which nothing changes fails when the service lists a model no more. `terraform destroy` begins with such a
// plan, for the refresh, and works without one.
func TestUnlistedModelThroughCLI(t *testing.T) {
	t.Parallel()
	c, e := acctest.NewCLI(t), acctest.Start(t)
	e.SetModels(map[string]float64{"gpt-4o-8k": 4})
	dir := t.TempDir()
	config := "terraform {\n  required_providers {\n    aichatbothub = { source = \"aichatbothub/aichatbothub\" }\n  }\n}\n\n" +
		"provider \"aichatbothub\" {\n  unlisted_models = \"error\"\n}\n\n" + agent(e.SeedChatbot(), `type = "user-facing"`, `name = "A"`, `model = "gpt-4o-8k"`)
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
	e.SetModels(map[string]float64{"gpt-5-8k": 2})
	refused := regexp.MustCompile(`(?s)Unlisted model.*model += "gpt-4o-8k".*"gpt-4o-8k".*gpt-5-8k\s+\(2\s+credits\)`)
	e.Forget()
	if _, err := tf.Plan(t.Context()); err == nil || !refused.MatchString(err.Error()) {
		t.Errorf("a plan: %v", err)
	}
	if e.Count(models) != 1 || e.Count(costs) != 1 {
		t.Errorf("%d requests for models and %d for costs, want one each", e.Count(models), e.Count(costs))
	}
	if err := tf.Destroy(t.Context()); err == nil || !refused.MatchString(err.Error()) {
		t.Errorf("a destroy that refreshes: %v", err)
	}
	e.Forget()
	if err := tf.Destroy(t.Context(), tfexec.Refresh(false)); err != nil || e.Count(models) != 0 {
		t.Errorf("a destroy: %v, %d requests for models", err, e.Count(models))
	}
}
