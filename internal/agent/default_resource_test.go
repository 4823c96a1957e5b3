package agent_test

import (
	"fmt"
	"regexp"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// takeOver is a configuration of a default agent.
func takeOver(name, chatbot, arguments string) string {
	return fmt.Sprintf("resource \"aichatbothub_default_agent\" %q {\n  chatbot_id = %s\n  %s\n}\n", name, chatbot, arguments)
}

// crowd is a chatbot whose default agent has siblings made in the same second: a list does not tell them apart by order or time.
func crowd(t *testing.T, quirks ...func(*mockhub.Quirks)) (e *acctest.Env, chatbot, original string) {
	t.Helper()
	e = acctest.Start(t, quirks...)
	made := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	chatbot = e.AddChatbot(mockhub.Chatbot{Name: "Home", CreatedAt: made})
	e.Keep(chatbot)
	for _, a := range []mockhub.Agent{
		{Name: "General Q&A", CreatedAt: made, UseAllSourcesUnset: true}, {Name: "Tagger", Type: "background", CreatedAt: made}, {Name: "Late", UseAllSources: true, CreatedAt: made.Add(time.Hour)},
	} {
		e.Keep(e.AddAgent(chatbot, a))
	}
	original = e.DefaultAgent(chatbot)
	return e, chatbot, original
}

// TestDefaultAgent takes the right agent over under every order of lists, changes it, and puts it back.
func TestDefaultAgent(t *testing.T) {
	t.Parallel()
	for name, quirk := range map[string]func(*mockhub.Quirks){
		"oldest first": func(*mockhub.Quirks) {}, "newest first": func(q *mockhub.Quirks) { q.ListNewestFirst = true },
		"random": func(q *mockhub.Quirks) { q.AgentOrderRandom = true }, "undeletable": func(q *mockhub.Quirks) { q.DefaultAgentUndeletable = true },
		"short": func(q *mockhub.Quirks) { q.AgentUpdateShort = true }, "full meta": func(q *mockhub.Quirks) { q.AgentMetaFull = true },
		"fractions": func(q *mockhub.Quirks) { q.TimeEnd = ".123456Z" }, "an offset": func(q *mockhub.Quirks) { q.TimeEnd = "+00:00" },
		"no date": func(q *mockhub.Quirks) { q.DateMissing = true },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e, chatbot, original := crowd(t, quirk)
			before, _ := e.Agent(original)
			at := "aichatbothub_default_agent.t"
			importID := func(*terraform.State) (string, error) { return chatbot + "/" + original, nil }
			full := `name = "Front desk"
  prompt      = "Be kind"
  description = "Greets"
  enabled     = false
  temperature = 0.5
  source_ids  = []
  variables   = [{ name = "email", description = "", type = "string" }]`
			e.Test(t,
				resource.TestStep{Config: e.Config(takeOver("t", `"`+chatbot+`"`, ``)), Check: e.ExpectCount(update, 0),
					ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectKnownValue(at, tfjsonpath.New("id"), knownvalue.StringExact(original)),
						statecheck.ExpectKnownValue(at, tfjsonpath.New("name"), knownvalue.StringExact("General Q&A"))}},
				resource.TestStep{Config: e.Config(takeOver("t", `"`+chatbot+`"`, full)), Check: e.ExpectCount(update, 1)},
				resource.TestStep{ResourceName: at, ImportState: true, ImportStateVerify: true, ImportStateIdFunc: importID},
				resource.TestStep{PreConfig: e.Forget, Config: e.Config(""), Check: resource.ComposeTestCheckFunc(e.ExpectCount(update, 1), e.ExpectCount(remove, 0), func(*terraform.State) error {
					after, _ := e.Agent(original)
					after.ModifiedAt, after.Rebuilds = before.ModifiedAt, before.Rebuilds
					if got, want := fmt.Sprintf("%+v", zeroed(after)), fmt.Sprintf("%+v", zeroed(before)); got != want {
						return fmt.Errorf("after destroy the agent is\n%s\nand was\n%s", got, want)
					}
					return nil
				})},
				resource.TestStep{Config: e.Config(takeOver("t", `"`+chatbot+`"`, `prompt = "Again"`))},
			)
		})
	}
}

// zeroed returns an agent for comparison: a number that was never set is 0.
func zeroed(a mockhub.Agent) mockhub.Agent {
	a.Bias, a.Stickness, a.Tags, a.DataSourceUUIDs, a.Functions = nil, nil, nil, nil, nil
	if len(a.Variables) == 0 {
		a.Variables = nil
	}
	return a
}

// TestDefaultAgentOfANewChatbot: chatbot, default agent and a sibling in one apply.
func TestDefaultAgentOfANewChatbot(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t)
	e.Test(t, resource.TestStep{Config: e.Config(`
resource "aichatbothub_chatbot" "b" { name = "B" }
resource "aichatbothub_agent" "sibling" {
  chatbot_id      = aichatbothub_chatbot.b.id
  type            = "user-facing"
  name            = "General Q&A"
  use_all_sources = true
}
` + takeOver("t", "aichatbothub_chatbot.b.id", `prompt = "Mine"`)), Check: func(s *terraform.State) error {
		if got, want := s.RootModule().Resources["aichatbothub_default_agent.t"].Primary.ID, e.DefaultAgent(e.Chatbots()[0].UUID); got != want {
			return fmt.Errorf("took over %s, want %s", got, want)
		}
		return nil
	}})
}

func TestDefaultAgentErrors(t *testing.T) {
	t.Parallel()
	t.Run("taken over twice", func(t *testing.T) {
		t.Parallel()
		e := acctest.Start(t)
		chatbot := `"` + e.SeedChatbot() + `"`
		e.Test(t, resource.TestStep{Config: e.Config(takeOver("a", chatbot, "") + takeOver("b", chatbot, "")), ExpectError: regexp.MustCompile(`(?s)already\s+taken\s+over\s+by\s+another\s+aichatbothub_default_agent`)})
	})
	t.Run("none", func(t *testing.T) {
		t.Parallel()
		e := acctest.Start(t)
		chatbot := e.SeedChatbot()
		e.EditAgent(e.DefaultAgent(chatbot), func(a *mockhub.Agent) { a.UseAllSources = false })
		e.Test(t, resource.TestStep{Config: e.Config(takeOver("t", `"`+chatbot+`"`, "")), ExpectError: regexp.MustCompile(`(?s)uses\s+all\s+sources\s+and\s+none\s+of\s+the\s+agents\s+below\s+does.*aichatbothub_default_agent.*` + e.DefaultAgent(chatbot))})
	})
	t.Run("several", func(t *testing.T) {
		t.Parallel()
		e, chatbot, original := crowd(t)
		bot, _ := e.Chatbot(chatbot)
		twin := e.AddAgent(chatbot, mockhub.Agent{Name: "Twin", UseAllSources: true, CreatedAt: bot.CreatedAt})
		e.Keep(twin)
		e.Test(t, resource.TestStep{Config: e.Config(takeOver("t", `"`+chatbot+`"`, "")), ExpectError: regexp.MustCompile(`(?s)2\s+agents.*(` + twin + `.*` + original + `|` + original + `.*` + twin + `)`)})
	})
	t.Run("no chatbot", func(t *testing.T) {
		t.Parallel()
		e := acctest.Start(t)
		e.Test(t, resource.TestStep{Config: e.Config(takeOver("t", `"00000000000000000000000000000000"`, "")), ExpectError: regexp.MustCompile(`(?s)Chatbot not found.*no\s+chatbot\s+with\s+the\s+id\s+0{32}`)})
	})
}

// TestDefaultAgentImported: its settings from before are not known, so a destroy leaves it alone.
func TestDefaultAgentImported(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t)
	chatbot := e.SeedChatbot()
	id := e.DefaultAgent(chatbot)
	config := e.Config(takeOver("t", `"`+chatbot+`"`, `prompt = "You are a helpful assistant."`) + fmt.Sprintf("import {\n to = aichatbothub_default_agent.t\n id = \"%s/%s\"\n}\n", chatbot, id))
	e.Test(t, resource.TestStep{Config: config, ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction("aichatbothub_default_agent.t", plancheck.ResourceActionNoop)}}},
		resource.TestStep{Config: e.Config(takeOver("t", `"`+chatbot+`"`, `prompt = "Changed"`))},
		resource.TestStep{PreConfig: e.Forget, Config: e.Config(""), Check: resource.ComposeTestCheckFunc(e.ExpectCount(update, 0), e.ExpectCount(remove, 0))},
		resource.TestStep{PreConfig: func() {
			if a, _ := e.Agent(id); a.Prompt != "Changed" {
				t.Errorf("the prompt is %q", a.Prompt)
			}
		}, Config: e.Config("")})
}

// TestDefaultAgentDrift: configured values are restored, and a deleted agent is an error.
func TestDefaultAgentDrift(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t)
	chatbot := e.SeedChatbot()
	config := e.Config(takeOver("t", `"`+chatbot+`"`, `prompt = "Mine"`))
	e.Test(t, resource.TestStep{Config: config},
		resource.TestStep{PreConfig: func() { e.EditAgent(e.DefaultAgent(chatbot), func(a *mockhub.Agent) { a.Prompt = "Theirs" }) }, Config: config,
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction("aichatbothub_default_agent.t", plancheck.ResourceActionUpdate)}}},
		resource.TestStep{PreConfig: func() { e.RemoveAgent(e.DefaultAgent(chatbot)) }, Config: config, ExpectError: regexp.MustCompile(`(?s)may\s+have\s+been\s+deleted.*has\s+no\s+agent`)})
}

// TestModelWarning: the warning names the nearest models. It stands below the CLI, where warnings can be read.
func TestModelWarning(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t)
	chatbot := e.SeedChatbot()
	e.SetModels(map[string]float64{"gpt-4o-8k": 1, "gpt-4o-mini-4k": 1, "claude-3-8k": 2, "gpt-5-8k": 10})
	s := e.Server(t)
	plan := func(model string) []string {
		config := acctest.Strings(map[string]string{"chatbot_id": chatbot, "type": "user-facing", "name": "A", "model": model})
		config["enabled"] = tftypes.NewValue(tftypes.Bool, true)
		_, diags := s.Plan("aichatbothub_agent", config)
		var warnings []string
		for _, d := range diags {
			warnings = append(warnings, d.Severity.String()+" "+d.Attribute.String()+" "+d.Detail)
		}
		return warnings
	}
	nearest := regexp.MustCompile(`^WARNING AttributeName\("model"\) .*"gpt-6-8k".*: gpt-5-8k \(10 credits\), gpt-4o-8k \(1 credit\), `)
	if got := plan("gpt-6-8k"); len(got) != 1 || !nearest.MatchString(got[0]) {
		t.Errorf("an unknown model: %q", got)
	}
	if got := plan("gpt-5-8k"); len(got) != 0 {
		t.Errorf("a known model: %q", got)
	}
	if n := e.Count(models); n != 1 {
		t.Errorf("the models were asked for %d times by one process, want 1", n)
	}
	for _, missing := range []string{"page", "404"} {
		e.SetQuirks(func(q *mockhub.Quirks) { q.ModelsMissing = missing })
		s = e.Server(t)
		if got := plan("gpt-6-8k"); len(got) != 0 {
			t.Errorf("where the deployment lists no models (%s): %q", missing, got)
		}
	}
}
