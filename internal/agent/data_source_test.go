package agent_test

import (
	"fmt"
	"regexp"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// team is a chatbot with three agents of its own, two of one name.
func team(t *testing.T) (e *acctest.Env, chatbot, human, twin1, twin2 string) {
	t.Helper()
	e = acctest.Start(t, func(q *mockhub.Quirks) { q.AgentOrderRandom = true })
	made := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	chatbot = e.AddChatbot(mockhub.Chatbot{Name: "Home", CreatedAt: made})
	twin1 = e.AddAgent(chatbot, mockhub.Agent{Name: "Twin", Type: "background", CreatedAt: made.Add(time.Minute), Tags: []mockhub.AgentTag{{Name: "a", Criteria: "b", Color: "#012345"}}})
	twin2 = e.AddAgent(chatbot, mockhub.Agent{Name: "Twin", CreatedAt: made.Add(time.Hour), Variables: []mockhub.Variable{{Name: "v", Type: "number", Content: "5"}}})
	human = e.AddAgent(chatbot, mockhub.Agent{Name: "Human", Type: "human-escalation", CreatedAt: made.Add(time.Second), Bias: new(-10.0)})
	e.Keep(chatbot, twin1, twin2, human)
	return e, chatbot, human, twin1, twin2
}

func TestDataSource(t *testing.T) {
	t.Parallel()
	e, chatbot, human, twin1, twin2 := team(t)
	e.ThroughCLI()
	data := func(arguments string) string {
		return e.Config(fmt.Sprintf("data \"aichatbothub_agent\" \"t\" {\n chatbot_id = %q\n %s\n}", chatbot, arguments))
	}
	want := func(path tfjsonpath.Path, v knownvalue.Check) statecheck.StateCheck {
		return statecheck.ExpectKnownValue("data.aichatbothub_agent.t", path, v)
	}
	fails := func(arguments, pattern string) resource.TestStep {
		return resource.TestStep{Config: data(arguments), PlanOnly: true, ExpectError: regexp.MustCompile(pattern)}
	}
	e.Test(t,
		resource.TestStep{Config: data(`name = "Human"`), ConfigStateChecks: []statecheck.StateCheck{
			want(tfjsonpath.New("id"), knownvalue.StringExact(human)), want(tfjsonpath.New("bias"), knownvalue.Float64Exact(-10)), want(tfjsonpath.New("model"), knownvalue.Null()),
			want(tfjsonpath.New("human_escalation_settings").AtMapKey("sound_enabled"), knownvalue.Bool(true)), want(tfjsonpath.New("enabled"), knownvalue.Bool(false)),
		}},
		resource.TestStep{Config: data(`id = "` + twin1 + `"`), ConfigStateChecks: []statecheck.StateCheck{
			want(tfjsonpath.New("type"), knownvalue.StringExact("background")), want(tfjsonpath.New("tags").AtSliceIndex(0).AtMapKey("color"), knownvalue.StringExact("#012345"))}},
		resource.TestStep{Config: data(`id = "` + twin2 + `"`), ConfigStateChecks: []statecheck.StateCheck{
			want(tfjsonpath.New("variables").AtSliceIndex(0).AtMapKey("default_value"), knownvalue.StringExact("5"))}},
		fails(`name = "Twin"`, `(?s)2 agents.*id = "`+twin1+`".*id = "`+twin2+`"`),
		fails(`name = "None"`, `(?s)has 4 agents, and none with the name\s+"None"`),
		fails(`id = "00000000000000000000000000000000"`, `(?s)has 4 agents, and none with the id`),
		fails(``, `Exactly one of these attributes`),
		resource.TestStep{Config: e.Config("")}, // the destroy at the end needs a valid configuration
	)
}

func TestListDataSources(t *testing.T) {
	t.Parallel()
	e, chatbot, human, twin1, twin2 := team(t)
	original := e.DefaultAgent(chatbot)
	ids := func(arguments string, want ...string) resource.TestStep {
		at := tfjsonpath.New("agents")
		checks := []statecheck.StateCheck{statecheck.ExpectKnownValue("data.aichatbothub_agents.t", at, knownvalue.ListSizeExact(len(want)))}
		for i, id := range want {
			checks = append(checks, statecheck.ExpectKnownValue("data.aichatbothub_agents.t", at.AtSliceIndex(i).AtMapKey("id"), knownvalue.StringExact(id)))
		}
		return resource.TestStep{Config: e.Config(fmt.Sprintf("data \"aichatbothub_agents\" \"t\" {\n chatbot_id = %q\n %s\n}", chatbot, arguments)), ConfigStateChecks: checks}
	}
	e.Test(t, ids(``, original, human, twin1, twin2), ids(`type = "user-facing"`, original, twin2), ids(`name_regex = "^Tw"`, twin1, twin2), ids(`type = "spam-defense"`),
		resource.TestStep{Config: e.Config(`data "aichatbothub_agents" "t" { chatbot_id = "00000000000000000000000000000000" }`), ExpectError: regexp.MustCompile(`(?s)Chatbot not found.*0{32}`)})
}

func TestModelsDataSource(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t)
	e.SetModels(map[string]float64{"gpt-4o-8k": 1, "gpt-5-8k": 10.5})
	config := e.Config(`data "aichatbothub_models" "t" {}`)
	at := tfjsonpath.New("models")
	e.Test(t, resource.TestStep{Config: config, ConfigStateChecks: []statecheck.StateCheck{
		statecheck.ExpectKnownValue("data.aichatbothub_models.t", at.AtSliceIndex(0).AtMapKey("name"), knownvalue.StringExact("gpt-4o-8k")),
		statecheck.ExpectKnownValue("data.aichatbothub_models.t", at.AtSliceIndex(1).AtMapKey("credits_per_message"), knownvalue.Float64Exact(10.5)),
	}}, resource.TestStep{PreConfig: func() { e.SetQuirks(func(q *mockhub.Quirks) { q.ModelCostsMissing = "page" }) }, Config: config,
		ExpectError: regexp.MustCompile(`(?s)Unable to list models.*Not\s+every\s+deployment`)})
}
