package agent_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

const address = "aichatbothub_agent.t"

// The routes of the noun.
const (
	list   = "GET /chatbot/{uuid}/agents"
	create = "POST /chatbot/{uuid}/agent/create"
	update = "POST /agent/{uuid}/update"
	remove = "DELETE /agent/{uuid}/delete"
	fetch  = "GET /chatbot/{uuid}"
	models = "GET /agent/models"
)

// agent is a configuration of one agent with these arguments.
func agent(chatbot string, arguments ...string) string {
	return fmt.Sprintf("resource \"aichatbothub_agent\" \"t\" {\n  chatbot_id = %q\n  %s\n}\n", chatbot, strings.Join(arguments, "\n  "))
}

func has(name string, v knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownValue(address, tfjsonpath.New(name), v)
}

func planned(action plancheck.ResourceActionType) resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, action)}}
}

// importID reads "<chatbot_id>/<id>" out of the state.
func importID(s *terraform.State) (string, error) {
	a := s.RootModule().Resources[address].Primary.Attributes
	return a["chatbot_id"] + "/" + a["id"], nil
}

var importOK = resource.TestStep{ResourceName: address, ImportState: true, ImportStateVerify: true, ImportStateIdFunc: importID}

// sole is the chatbot's one agent that did not come with it.
func sole(t *testing.T, e *acctest.Env, chatbot string) mockhub.Agent {
	t.Helper()
	var found []mockhub.Agent
	for _, a := range e.Agents(chatbot) {
		if !a.Default {
			found = append(found, a)
		}
	}
	if len(found) != 1 {
		t.Fatalf("the chatbot has %d agents of ours, want 1", len(found))
	}
	return found[0]
}

// kind is what the matrix needs of a type of agent.
type kind struct {
	full    []string          // arguments, the first ones (type, name) always written
	changed map[string]string // attribute → argument with another value
	drift   map[string]func(*mockhub.Agent)
	cleared map[string][]string // attribute → arguments that clear it ("" and [] where it is optional and computed)
}

func kinds() map[string]kind {
	source := strings.Repeat("a", 32)
	text := func(a *mockhub.Agent) { a.Prompt = "Another prompt" }
	routing := map[string]func(*mockhub.Agent){"bias": func(a *mockhub.Agent) { a.Bias = new(-10.0) }, "stickiness": func(a *mockhub.Agent) { a.Stickness = new(0.9) }}
	return map[string]kind{
		"user-facing": {
			full: []string{`type = "user-facing"`, `name = "Support"`, `description = "Helps"`, `prompt = "Be kind"`, `enabled = false`, `model = "gpt-4o-8k"`, `temperature = 0.7`,
				`bias = 0.1`, `stickiness = 0.2`, `source_ids = ["` + source + `"]`,
				`variables = [{ name = "email", description = "Email", type = "string", example = "a@b.c", default_value = "x", static = true }, { name = "n", description = "", type = "number" }]`},
			changed: map[string]string{"name": `name = "Sales"`, "description": `description = "Sells"`, "prompt": `prompt = "Be brief"`, "enabled": `enabled = true`, "model": `model = "gpt-4o-mini-4k"`,
				"temperature": `temperature = 0`, "bias": `bias = 0`, "stickiness": `stickiness = 1`, "source_ids": `source_ids = []`, "variables": `variables = [{ name = "m", description = "M", type = "boolean" }]`},
			cleared: map[string][]string{"description": {`description = ""`}, "prompt": {`prompt = ""`}, "source_ids": {`use_all_sources = true`}, "variables": {}},
			drift: map[string]func(*mockhub.Agent){"name": func(a *mockhub.Agent) { a.Name = "Renamed" }, "description": func(a *mockhub.Agent) { a.Description = "" }, "prompt": text,
				"enabled": func(a *mockhub.Agent) { a.Enabled = true }, "model": func(a *mockhub.Agent) { a.Model = "gpt-4o-mini-4k" }, "temperature": func(a *mockhub.Agent) { a.Temperature = 1 },
				"bias": routing["bias"], "stickiness": routing["stickiness"], "use_all_sources": func(a *mockhub.Agent) { a.UseAllSources = true },
				"source_ids": func(a *mockhub.Agent) { a.DataSourceUUIDs = nil }, "variables": func(a *mockhub.Agent) { a.Variables = nil }},
		},
		"background": {
			full: []string{`type = "background"`, `name = "Tagger"`, `description = "Tags"`, `prompt = "Tag it"`, `enabled = false`, `model = "gpt-4o-8k"`,
				`tags = [{ name = "angry", criteria = "angry people", color = "#0071F9" }]`},
			changed: map[string]string{"prompt": `prompt = "Tag all"`, "model": `model = "gpt-4o-mini-4k"`, "tags": `tags = [{ name = "angry", criteria = "very angry people", color = "#0071f9" }]`},
			cleared: map[string][]string{"tags": {}},
			drift: map[string]func(*mockhub.Agent){"prompt": text, "tags": func(a *mockhub.Agent) {
				a.Tags = append(a.Tags, mockhub.AgentTag{Name: "x", Criteria: "y", Color: "#000000"})
			},
				"no tags": func(a *mockhub.Agent) { a.Tags = nil }},
		},
		"human-escalation": {
			full: []string{`type = "human-escalation"`, `name = "Human"`, `description = "Calls a human"`, `enabled = false`, `bias = 0.5`, `stickiness = 0.4`,
				`human_escalation_settings = { human_requested_message = "Wait", live_chat_start_announcement = "Hi", live_chat_end_announcement = "Bye", monitored_messages = ["help"], notifications_enabled = false, sound_enabled = false }`},
			changed: map[string]string{"bias": `bias = 0.6`,
				"human_escalation_settings": `human_escalation_settings = { human_requested_message = "", live_chat_start_announcement = "Hi", live_chat_end_announcement = "Bye", monitored_messages = [], notifications_enabled = true, sound_enabled = false }`},
			cleared: map[string][]string{},
			drift: map[string]func(*mockhub.Agent){"bias": routing["bias"],
				"message": func(a *mockhub.Agent) { a.HumanEscalationSettings.HumanRequestedMessage = "x" }, "start": func(a *mockhub.Agent) { a.HumanEscalationSettings.LiveChatStartAnnouncement = "x" },
				"end": func(a *mockhub.Agent) { a.HumanEscalationSettings.LiveChatEndAnnouncement = "x" }, "monitored": func(a *mockhub.Agent) { a.HumanEscalationSettings.MonitoredMessages = nil },
				"notifications": func(a *mockhub.Agent) { a.HumanEscalationSettings.NotificationsEnabled = true }, "sound": func(a *mockhub.Agent) { a.HumanEscalationSettings.SoundEnabled = true }},
		},
		"pre-canned": {
			full:    []string{`type = "pre-canned"`, `name = "Hours"`, `description = "Opening hours"`, `prompt = "Asked for hours"`, `enabled = false`, `bias = 0.5`, `stickiness = 0.4`, `default_message = "9 to 5"`},
			changed: map[string]string{"default_message": `default_message = "24/7"`, "stickiness": `stickiness = 0`},
			cleared: map[string][]string{"default_message": {`default_message = ""`}},
			drift:   map[string]func(*mockhub.Agent){"default_message": func(a *mockhub.Agent) { a.DefaultMessage = new("never") }, "bias": routing["bias"]},
		},
		"spam-defense": {
			full:    []string{`type = "spam-defense"`, `name = "Spam"`, `description = "No spam"`, `prompt = "Is it spam"`, `enabled = false`, `bias = 0.5`, `stickiness = 0.4`, `default_message = "Go away"`},
			changed: map[string]string{"default_message": `default_message = "Please leave"`},
			cleared: map[string][]string{"default_message": {`default_message = ""`}},
			drift:   map[string]func(*mockhub.Agent){"default_message": func(a *mockhub.Agent) { a.DefaultMessage = new("") }, "stickiness": routing["stickiness"]},
		},
	}
}

// with replaces the argument of an attribute by others.
func with(arguments []string, attribute string, others ...string) []string {
	var out []string
	for _, a := range arguments {
		if !strings.HasPrefix(a, attribute+" =") {
			out = append(out, a)
		}
	}
	return append(out, others...)
}

func anySource(q *mockhub.Quirks) { q.AcceptsAnySource = true }

// TestMinimal makes an agent of each type with nothing but what is required: it is enabled, and the second plan and an import are empty.
func TestMinimal(t *testing.T) {
	t.Parallel()
	for name := range kinds() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t)
			if name == "user-facing" {
				e.ThroughCLI()
			}
			chatbot := e.SeedChatbot()
			e.Test(t, resource.TestStep{
				Config: e.Config(agent(chatbot, `type = "`+name+`"`, `name = "Minimal"`)),
				ConfigStateChecks: []statecheck.StateCheck{has("enabled", knownvalue.Bool(true)), has("type", knownvalue.StringExact(name)),
					has("id", knownvalue.StringRegexp(regexp.MustCompile(`^[0-9a-f]{32}$`)))},
				Check: resource.ComposeTestCheckFunc(e.ExpectCount(create, 1), e.ExpectCount(update, 1)),
			}, importOK)
		})
	}
}

// TestMatrix makes an agent of each type with everything, changes and clears each attribute alone, and looks at what was sent.
func TestMatrix(t *testing.T) {
	t.Parallel()
	for name, k := range kinds() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t, anySource)
			chatbot := e.SeedChatbot()
			full := e.Config(agent(chatbot, k.full...))
			steps := []resource.TestStep{{Config: full}, importOK}
			for attribute, argument := range k.changed {
				steps = append(steps, resource.TestStep{
					PreConfig: e.Forget, Config: e.Config(agent(chatbot, with(k.full, attribute, argument)...)),
					ConfigPlanChecks: planned(plancheck.ResourceActionUpdate), Check: resource.ComposeTestCheckFunc(e.ExpectCount(update, 1), e.ExpectCount(create, 0), sentOnly(e, attribute)),
				}, resource.TestStep{Config: full})
			}
			for attribute, arguments := range k.cleared {
				steps = append(steps, resource.TestStep{
					PreConfig: e.Forget, Config: e.Config(agent(chatbot, with(k.full, attribute, arguments...)...)),
					ConfigPlanChecks: planned(plancheck.ResourceActionUpdate), Check: e.ExpectCount(update, 1),
				}, resource.TestStep{Config: full})
			}
			e.Test(t, append(steps, importOK)...)
		})
	}
}

// sentOnly: each update has the one field that changed, and nothing else.
func sentOnly(e *acctest.Env, attribute string) resource.TestCheckFunc {
	field := map[string]string{"stickiness": "stickness", "source_ids": "data_source_uuids"}[attribute]
	if field == "" {
		field = attribute
	}
	return func(*terraform.State) error {
		for _, body := range e.Bodies(update) {
			var fields map[string]any
			if err := json.Unmarshal([]byte(body), &fields); err != nil || len(fields) != 1 || fields[field] == nil {
				return fmt.Errorf("a change of %s sent %s", attribute, body)
			}
		}
		return nil
	}
}

// TestDrift changes each attribute in the web app: the plan shows it and the apply mends it.
func TestDrift(t *testing.T) {
	t.Parallel()
	for name, k := range kinds() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t, anySource)
			chatbot := e.SeedChatbot()
			config := e.Config(agent(chatbot, k.full...))
			steps := []resource.TestStep{{Config: config}}
			for what, edit := range k.drift {
				steps = append(steps, resource.TestStep{
					PreConfig: func() { t.Log("drift of", what); e.EditAgent(sole(t, e, chatbot).UUID, edit) },
					Config:    config, ConfigPlanChecks: planned(plancheck.ResourceActionUpdate),
				})
			}
			e.Test(t, steps...)
		})
	}
}

// TestLeftOutIsNotManaged: what the configuration does not write stays what the service has.
func TestLeftOutIsNotManaged(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t)
	e.ThroughCLI()
	chatbot := e.SeedChatbot()
	config := e.Config(agent(chatbot, `type = "user-facing"`, `name = "Support"`))
	e.Test(t, resource.TestStep{Config: config}, resource.TestStep{
		PreConfig: func() {
			e.EditAgent(sole(t, e, chatbot).UUID, func(a *mockhub.Agent) {
				a.Prompt, a.Description, a.Temperature, a.Bias, a.Stickness, a.UseAllSources, a.Model = "Theirs", "Theirs", 0.5, new(-10.0), new(0.5), true, "gpt-4o-8k"
			})
		},
		Config: config, ConfigPlanChecks: planned(plancheck.ResourceActionNoop),
		ConfigStateChecks: []statecheck.StateCheck{has("prompt", knownvalue.StringExact("Theirs")), has("bias", knownvalue.Float64Exact(-10)), has("use_all_sources", knownvalue.Bool(true))},
	}, importOK, resource.TestStep{ // an update of another attribute leaves them alone
		PreConfig: e.Forget, Config: e.Config(agent(chatbot, `type = "user-facing"`, `name = "Other"`)), ConfigPlanChecks: planned(plancheck.ResourceActionUpdate),
		Check: resource.ComposeTestCheckFunc(e.ExpectCount(update, 1), sentOnly(e, "name")),
	})
}

// TestReplaced: the type and the chatbot are fixed at creation.
func TestReplaced(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t)
	e.ThroughCLI()
	one, two := e.SeedChatbot(), e.SeedChatbot()
	e.Test(t,
		resource.TestStep{Config: e.Config(agent(one, `type = "pre-canned"`, `name = "A"`))},
		resource.TestStep{Config: e.Config(agent(one, `type = "background"`, `name = "A"`)), ConfigPlanChecks: planned(plancheck.ResourceActionDestroyBeforeCreate)},
		resource.TestStep{Config: e.Config(agent(two, `type = "background"`, `name = "A"`)), ConfigPlanChecks: planned(plancheck.ResourceActionDestroyBeforeCreate)},
	)
}

// TestGone deletes the agent, then its chatbot, out of band, under every status an unknown uuid may get.
func TestGone(t *testing.T) {
	t.Parallel()
	for _, status := range []int{404, 400, 403, 422} {
		t.Run(fmt.Sprint(status), func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t, func(q *mockhub.Quirks) { q.UnknownStatus = status })
			config := e.Config("resource \"aichatbothub_chatbot\" \"b\" { name = \"B\" }\n" + strings.Replace(agent("", `type = "pre-canned"`, `name = "A"`), `""`, "aichatbothub_chatbot.b.id", 1))
			e.Test(t, resource.TestStep{Config: config}, resource.TestStep{
				PreConfig: func() { e.RemoveAgent(sole(t, e, e.Chatbots()[0].UUID).UUID) },
				Config:    config, ConfigPlanChecks: planned(plancheck.ResourceActionCreate),
			}, resource.TestStep{
				PreConfig: func() { e.RemoveChatbot(e.Chatbots()[0].UUID) },
				Config:    config, ConfigPlanChecks: planned(plancheck.ResourceActionCreate),
			}, resource.TestStep{ // the delete is processed, its answer is lost, and the next try meets an unknown uuid
				PreConfig: func() { e.Inject(mockhub.Fault{Route: remove, Process: true, Status: 502}) },
				Config:    config, Destroy: true,
			})
		})
	}
}

// TestListsThatLie never remove anything from the state.
func TestListsThatLie(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]mockhub.Fault{
		"404": {Status: 404}, "403": {Status: 403}, "401": {Status: 401, Body: `{"msg":"no"}`}, "500": {Status: 500}, "HTML": {HTML: true}, "404 as HTML": {Status: 404, HTML: true},
		"truncated": {Truncate: 40, Times: 5}, "null": {Body: `null`}, "object": {Body: `{}`}, "no uuid": {Body: `[{"name": "x"}]`}, "empty": {Body: " "}, "strings": {Body: `["a"]`},
		"shrunk": {Body: `[]`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t)
			config := e.Config(agent(e.SeedChatbot(), `type = "pre-canned"`, `name = "A"`))
			lie := resource.TestStep{PreConfig: func() { fault.Route = list; e.Inject(fault) }, Config: config}
			if name == "shrunk" {
				lie.ConfigPlanChecks = planned(plancheck.ResourceActionNoop)
			} else {
				lie.ExpectError = regexp.MustCompile("Unable to read agent")
			}
			e.Test(t, resource.TestStep{Config: config}, lie, resource.TestStep{Config: config, ConfigPlanChecks: planned(plancheck.ResourceActionNoop)})
		})
	}
}
