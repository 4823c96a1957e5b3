package provider_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	tfjson "github.com/hashicorp/terraform-json"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// updated is a resource of which one attribute is updated at a time.
type updated struct {
	base    func(h *knownHome) string // the arguments without those that are updated
	changes []oneChange
	other   string // the attributes whose changes replace, or that another entry of the same type updates
}

// oneChange is an attribute that the base does not configure or configures with another value, and two values for it. The second is "" if
// the attribute cannot be updated again. unknown are the computed attributes that may change with it, for the first value and the second one.
type oneChange struct {
	attribute, first, second string
	unknown                  [2]string
}

// knownHome has what the configurations refer to.
type knownHome struct{ chatbot, agent, session, source string }

// sent is what may change in every update that sends something. nothing is for an update that only stores a value.
var sent, nothing = [2]string{"modified_at", "modified_at"}, [2]string{}

const training = "status trained tokens file_size title modified_at"

var commonChanges = []oneChange{
	{"name", `"B"`, `"C"`, sent}, {"description", `"A"`, `"B"`, sent}, {"prompt", `"A"`, `"B"`, sent}, {"enabled", `false`, `true`, sent},
}

var routingChanges = []oneChange{{"bias", `0.1`, `0.2`, sent}, {"stickiness", `0.1`, `0.2`, sent}}

var userFacingChanges = slices.Concat(commonChanges, routingChanges, []oneChange{
	{"model", `"gpt-4o-8k"`, `"gpt-5-8k"`, sent}, {"temperature", `0.1`, `0.2`, sent},
	{"source_ids", `["SOURCE"]`, `[]`, sent},
	{"variables", `[{ name = "a", description = "A", type = "string" }]`, `[{ name = "a", description = "B", type = "string" }]`, sent},
})

// sourcesUnknown is for an agent that ceases to use all sources: it is not known which list the service has kept.
const sourcesUnknown = "modified_at source_ids"

func agentOf(agentType string, changes ...[]oneChange) updated {
	u := updated{base: func(h *knownHome) string { return fmt.Sprintf("chatbot_id = %q\n  type = %q", h.chatbot, agentType) }, changes: slices.Concat(changes...)}
	u.other = "chatbot_id type name description prompt enabled bias stickiness model temperature use_all_sources source_ids variables tags default_message human_escalation_settings"
	return u
}

var messageChange = []oneChange{{"default_message", `"A"`, `"B"`, sent}}

func inChatbot(arguments string) func(*knownHome) string {
	return func(h *knownHome) string { return fmt.Sprintf("chatbot_id = %q\n  %s", h.chatbot, arguments) }
}

var updates = map[string][]updated{
	"chatbot": {{base: func(*knownHome) string { return "" }, changes: []oneChange{
		{"name", `"B"`, `"C"`, sent}, {"visibility", `"public"`, `"hybrid"`, sent}, {"rate_limit", `{ messages = 1, seconds = 2 }`, `{ messages = 1, seconds = 3 }`, sent},
		{"rate_limit_message", `"A"`, `"B"`, sent}, {"show_citations", `true`, `false`, sent}, {"deletion_protection", `true`, `false`, nothing},
	}}},
	"agent": {
		agentOf("user-facing", userFacingChanges, []oneChange{{"use_all_sources", `true`, `false`, [2]string{"modified_at", sourcesUnknown}}}),
		agentOf("background", commonChanges, []oneChange{{"model", `"gpt-4o-8k"`, `"gpt-5-8k"`, sent},
			{"tags", `[{ name = "a", criteria = "A", color = "#0071F9" }]`, `[{ name = "a", criteria = "B", color = "#0071F9" }]`, sent}}),
		agentOf("human-escalation", commonChanges[:2], commonChanges[3:], routingChanges, []oneChange{
			{"human_escalation_settings", `{ sound_enabled = false }`, `{ sound_enabled = true, monitored_messages = ["help"] }`, sent}}),
		agentOf("pre-canned", commonChanges, routingChanges, messageChange),
		agentOf("spam-defense", commonChanges, routingChanges, messageChange),
	},
	"default_agent": {{base: inChatbot(""), other: "chatbot_id",
		changes: append(userFacingChanges, oneChange{"use_all_sources", `false`, `true`, [2]string{sourcesUnknown, "modified_at"}})}},
	"tool_function": {{base: func(h *knownHome) string { return fmt.Sprintf("chatbot_id = %q\n  agent_id = %q", h.chatbot, h.agent) }, other: "chatbot_id agent_id", changes: []oneChange{
		{"name", `"b"`, `"c"`, sent}, {"description", `"B"`, `"C"`, sent}, {"url", `"https://example.com/b"`, `"https://example.com/c"`, sent}, {"method", `"POST"`, `"PUT"`, sent},
		{"parameters", `jsonencode({ type = "object", properties = {} })`, `jsonencode({ type = "object", properties = { a = { type = "string" } } })`, sent},
		{"headers", `{ a = "1" }`, `{ a = "2" }`, sent}, {"secret_headers_wo", `{ a = "1" }`, `{ a = "2" }`, sent}, {"enabled", `false`, `true`, sent}, {"send_session_metadata", `true`, `false`, sent},
	}}},
	"source": {
		{base: inChatbot(`url = "https://example.com/"`), other: "chatbot_id url reference_source_link", changes: []oneChange{
			{"title", `"A"`, `"B"`, sent}, {"wait_for_training", `false`, `true`, nothing}, {"timeouts", `{ create = "1m" }`, `{ create = "2m" }`, nothing},
			{"retrain_triggers", `{ a = "1" }`, `{ a = "2" }`, [2]string{"", training}},
		}},
		{base: inChatbot(`qa = { question = "A?", answer = "A." }`), other: "qa", changes: []oneChange{{"title", `"A"`, `"B"`, sent}}},
		{base: inChatbot(`file = { content = "A", name = "a.txt" }`), other: "file", changes: []oneChange{{"title", `"A"`, `"B"`, sent}}},
	},
	"source_tag": {{base: inChatbot(""), other: "chatbot_id", changes: []oneChange{{"name", `"B"`, `"C"`, sent}, {"color", `"#000001"`, `"#000002"`, sent}, {"source_ids", `["SOURCE"]`, `[]`, sent}}}},
	"session":    {{base: inChatbot(""), other: "chatbot_id initial_variables"}},
	"message": {{base: func(h *knownHome) string { return fmt.Sprintf("session_id = %q\n  query = \"A?\"", h.session) }, other: "session_id query",
		changes: []oneChange{{"triggers", `{ a = "1" }`, "", nothing}}}},
}

// required are arguments that a base leaves out because they are updated.
var required = map[string]map[string]string{
	"chatbot": {"name": `"A"`}, "agent": {"name": `"A"`}, "source_tag": {"name": `"A"`, "color": `"#000000"`},
	"tool_function": {"name": `"a"`, "description": `"A"`, "url": `"https://example.com/"`},
}

// TestUpdatesKeepWhatIsKnown updates each attribute of each resource alone. No computed value becomes unknown but those that can change.
func TestUpdatesKeepWhatIsKnown(t *testing.T) {
	t.Parallel()
	for typeName, schema := range acctest.NewServer(t).Schema.ResourceSchemas {
		name := strings.TrimPrefix(typeName, acctest.Prefix)
		covered := map[string]bool{}
		for i, u := range updates[name] {
			for attribute := range strings.FieldsSeq(u.other) {
				covered[attribute] = true
			}
			for _, c := range u.changes {
				covered[c.attribute] = true
				t.Run(fmt.Sprintf("%s %d %s", name, i, c.attribute), func(t *testing.T) {
					t.Parallel()
					keepsKnown(t, name, u, c)
				})
			}
		}
		for _, a := range schema.Block.Attributes {
			if (a.Required || a.Optional) && !covered[a.Name] {
				t.Errorf("%s.%s is not in the table of this test", typeName, a.Name)
			}
		}
	}
}

func keepsKnown(t *testing.T, name string, u updated, c oneChange) {
	t.Helper()
	e := acctest.Start(t)
	e.SetModels(map[string]float64{"gpt-4o-8k": 1, "gpt-5-8k": 1, "gpt-4o-mini-4k": 1})
	h := &knownHome{chatbot: e.SeedChatbot()}
	h.agent, h.session, h.source = e.AddAgent(h.chatbot, mockhub.Agent{}), e.AddSession(h.chatbot, mockhub.Session{}), e.AddSource(h.chatbot, mockhub.Source{})
	e.Keep(h.agent)
	config := func(value string) string {
		arguments := []string{u.base(h)}
		for attribute, first := range required[name] {
			if attribute != c.attribute {
				arguments = append(arguments, attribute+" = "+first)
			} else if value == "" {
				value = first
			}
		}
		if value != "" {
			arguments = append(arguments, c.attribute+" = "+strings.ReplaceAll(value, "SOURCE", h.source))
		}
		return e.Config(fmt.Sprintf("resource \"aichatbothub_%s\" \"t\" {\n  %s\n}\n", name, strings.Join(arguments, "\n  ")))
	}
	steps := []resource.TestStep{{Config: config("")}}
	for i, value := range []string{c.first, c.second} {
		if value != "" {
			steps = append(steps, resource.TestStep{Config: config(value),
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{onlyUnknown(strings.Fields(c.unknown[i]))}}})
		}
	}
	e.Test(t, steps...)
}

// onlyUnknown checks that a plan updates the resource in place, and that no other attributes than these are unknown.
type onlyUnknown []string

// CheckPlan implements plancheck.PlanCheck.
func (o onlyUnknown) CheckPlan(_ context.Context, req plancheck.CheckPlanRequest, resp *plancheck.CheckPlanResponse) {
	for _, r := range req.Plan.ResourceChanges {
		if r.Mode != tfjson.ManagedResourceMode {
			continue
		}
		if !r.Change.Actions.Update() {
			resp.Error = fmt.Errorf("%s: the plan is %v, want an update", r.Address, r.Change.Actions)
			return
		}
		for _, path := range unknownIn("", r.Change.AfterUnknown) {
			if !slices.Contains(o, path) {
				resp.Error = fmt.Errorf("%s: %s becomes unknown, want only %v", r.Address, path, o)
				return
			}
		}
	}
}

// unknownIn returns the paths of unknown values, as the JSON form of a plan has them.
func unknownIn(at string, v any) []string {
	var paths []string
	switch v := v.(type) {
	case bool:
		if v {
			paths = append(paths, strings.TrimPrefix(at, "."))
		}
	case map[string]any:
		for name, member := range v {
			paths = append(paths, unknownIn(at+"."+name, member)...)
		}
	case []any:
		for i, element := range v {
			paths = append(paths, unknownIn(fmt.Sprintf("%s[%d]", at, i), element)...)
		}
	}
	return paths
}
