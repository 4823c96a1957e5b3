package toolfunction_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
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

const address = "aichatbothub_tool_function.t"

// The routes of the noun.
const (
	create = "POST /agent/{uuid}/function/create"
	update = "POST /function/{uuid}/update"
	remove = "POST /function/{uuid}/delete"
	agents = "GET /chatbot/{uuid}/agents"
)

// env is a service with one chatbot and one agent in it, made outside of Terraform.
type env struct {
	*acctest.Env
	chatbot, agent string
}

func start(t *testing.T, quirks ...func(*mockhub.Quirks)) *env {
	t.Helper()
	e := &env{Env: acctest.Start(t, quirks...)}
	e.chatbot = e.AddChatbot(mockhub.Chatbot{Name: "Support"})
	e.agent = e.AddAgent(e.chatbot, mockhub.Agent{Name: "Orders"})
	e.Keep(e.chatbot, e.agent)
	return e
}

// Test runs the steps and looks that no tool function is left.
func (e *env) Test(t *testing.T, steps ...resource.TestStep) {
	t.Helper()
	e.Env.Test(t, steps...)
	for _, bot := range e.Chatbots() {
		for _, a := range e.Agents(bot.UUID) {
			if len(a.Functions) > 0 {
				t.Errorf("after destroy agent %s has %d tool functions", a.Name, len(a.Functions))
			}
		}
	}
}

// config is a configuration of one tool function of the agent with these arguments.
func (e *env) config(arguments ...string) string { return e.at(e.chatbot, e.agent, arguments...) }

func (e *env) at(chatbot, agent string, arguments ...string) string {
	return e.Config(fmt.Sprintf("resource \"aichatbothub_tool_function\" \"t\" {\n  chatbot_id = %q\n  agent_id = %q\n  %s\n}\n", chatbot, agent, strings.Join(arguments, "\n  ")))
}

// full sets every attribute; with replaces arguments of the same names, and an empty one removes it.
var full = map[string]string{
	"name":                  `"find_order"`,
	"description":           `"Finds an order by its number."`,
	"url":                   `"https://api.example.com/orders"`,
	"method":                `"POST"`,
	"parameters":            `jsonencode({ type = "object", properties = { order = { type = "string" } }, required = ["order"] })`,
	"headers":               `{ "X-Shop" = "north", "Authorization" = "Basic c2hvd24=" }`,
	"enabled":               `false`,
	"send_session_metadata": `true`,
}

var required = map[string]string{"name": full["name"], "description": full["description"], "url": full["url"]}

func with(base map[string]string, changes ...string) []string {
	next := maps.Clone(base)
	for i := 0; i < len(changes); i += 2 {
		if next[changes[i]] = changes[i+1]; changes[i+1] == "" {
			delete(next, changes[i])
		}
	}
	var arguments []string
	for _, name := range slices.Sorted(maps.Keys(next)) {
		arguments = append(arguments, name+" = "+next[name])
	}
	return arguments
}

func value(name string, v knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownValue(address, tfjsonpath.New(name), v)
}

func planned(action plancheck.ResourceActionType) resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, action)}}
}

var noop = planned(plancheck.ResourceActionNoop)

// only is the one tool function that the agent has.
func (e *env) only(t *testing.T) mockhub.Function {
	t.Helper()
	a, _ := e.Agent(e.agent)
	if len(a.Functions) != 1 {
		t.Fatalf("the agent has %d tool functions, want 1", len(a.Functions))
	}
	return a.Functions[0]
}

// sent is a check that the only request of a route since the last Forget had exactly this JSON body; "" wants no request.
func (e *env) sent(route, want string) resource.TestCheckFunc {
	return func(*terraform.State) error {
		bodies := e.Bodies(route)
		if want == "" && len(bodies) == 0 {
			return nil
		}
		if len(bodies) != 1 || want == "" {
			return fmt.Errorf("%s was sent %q, want once %s", route, bodies, want)
		}
		var got, wanted any
		if err := json.Unmarshal([]byte(bodies[0]), &got); err != nil {
			return err
		}
		if err := json.Unmarshal([]byte(want), &wanted); err != nil {
			return err
		}
		if g, w := fmt.Sprint(got), fmt.Sprint(wanted); g != w {
			return fmt.Errorf("%s was sent %s, want %s", route, bodies[0], want)
		}
		return nil
	}
}

// importOK imports what is in the state and compares.
func (e *env) importOK(t *testing.T) resource.TestStep {
	t.Helper()
	return resource.TestStep{ResourceName: address, ImportState: true, ImportStateVerify: true, ImportStateIdFunc: func(*terraform.State) (string, error) {
		return strings.Join([]string{e.chatbot, e.agent, e.only(t).UUID}, "/"), nil
	}}
}

func TestMinimal(t *testing.T) {
	t.Parallel()
	e := start(t)
	stamp := knownvalue.StringRegexp(regexp.MustCompile(`^\d{4}-.*Z$`))
	e.Test(t, resource.TestStep{
		Config: e.config(with(required)...),
		ConfigStateChecks: []statecheck.StateCheck{
			value("id", knownvalue.StringRegexp(regexp.MustCompile(`^[0-9a-f]{32}$`))),
			value("chatbot_id", knownvalue.StringExact(e.chatbot)), value("agent_id", knownvalue.StringExact(e.agent)),
			value("method", knownvalue.StringExact("GET")), value("parameters", knownvalue.Null()), value("headers", knownvalue.Null()),
			value("secret_headers_wo", knownvalue.Null()), value("enabled", knownvalue.Bool(true)), value("send_session_metadata", knownvalue.Bool(false)),
			value("created_at", stamp), value("modified_at", stamp),
		},
		Check: e.sent(create, `{"name":"find_order","description":"Finds an order by its number.","external_url":"https://api.example.com/orders","method":"GET",
			"headers":{},"parameters":{},"enabled":1,"allow_gpt_trainer_properties":0}`),
	}, e.importOK(t), resource.TestStep{Config: e.config(with(required)...), ConfigPlanChecks: noop})
}

func TestFull(t *testing.T) {
	t.Parallel()
	e := start(t)
	e.Test(t, resource.TestStep{
		Config: e.config(with(full)...),
		ConfigStateChecks: []statecheck.StateCheck{
			value("method", knownvalue.StringExact("POST")), value("enabled", knownvalue.Bool(false)), value("send_session_metadata", knownvalue.Bool(true)),
			value("parameters", knownvalue.StringExact(`{"properties":{"order":{"type":"string"}},"required":["order"],"type":"object"}`)),
			value("headers", headers("X-Shop", "north", "Authorization", "Basic c2hvd24=")),
		},
		Check: e.sent(create, `{"name":"find_order","description":"Finds an order by its number.","external_url":"https://api.example.com/orders","method":"POST",
			"headers":{"X-Shop":"north","Authorization":"Basic c2hvd24="},"enabled":0,"allow_gpt_trainer_properties":1,
			"parameters":{"type":"object","properties":{"order":{"type":"string"}},"required":["order"]}}`),
	}, resource.TestStep{Config: e.config(with(full)...), ConfigPlanChecks: noop})
}

// headers is a check of a map of headers: names and values in turns.
func headers(pairs ...string) knownvalue.Check {
	m := map[string]knownvalue.Check{}
	for i := 0; i < len(pairs); i += 2 {
		m[pairs[i]] = knownvalue.StringExact(pairs[i+1])
	}
	return knownvalue.MapExact(m)
}

// updates is each mutable attribute with another value, and what an update then sends.
var updates = []struct{ name, value, body string }{
	{"name", `"find_parcel"`, `{"name":"find_parcel"}`},
	{"description", `"Finds a parcel. 📦"`, `{"description":"Finds a parcel. 📦"}`},
	{"url", `"http://api.example.com/parcels?v=2"`, `{"external_url":"http://api.example.com/parcels?v=2"}`},
	{"method", `"PUT"`, `{"method":"PUT"}`},
	{"parameters", `jsonencode({ type = "object", properties = { parcel = true } })`, `{"parameters":{"type":"object","properties":{"parcel":true}}}`},
	{"headers", `{ "X-Shop" = "south" }`, `{"headers":{"X-Shop":"south"}}`},
	{"enabled", `true`, `{"enabled":1}`},
	{"send_session_metadata", `false`, `{"allow_gpt_trainer_properties":0}`},
}

func TestUpdates(t *testing.T) {
	t.Parallel()
	e := start(t)
	steps := []resource.TestStep{{Config: e.config(with(full)...)}}
	now := maps.Clone(full)
	for _, u := range updates {
		now[u.name] = u.value
		steps = append(steps, resource.TestStep{PreConfig: e.Forget, Config: e.config(with(now)...),
			ConfigPlanChecks: planned(plancheck.ResourceActionUpdate), Check: resource.ComposeTestCheckFunc(e.sent(update, u.body), e.sent(create, ""))})
	}
	e.Test(t, append(steps, e.importOK(t))...)
}

// TestCleared leaves each optional attribute out: the service gets its default, or an empty one, and never null.
func TestCleared(t *testing.T) {
	t.Parallel()
	e := start(t)
	steps := []resource.TestStep{{Config: e.config(with(full)...)}}
	now := maps.Clone(full)
	for _, c := range []struct{ name, body string }{
		{"method", `{"method":"GET"}`}, {"parameters", `{"parameters":{}}`}, {"headers", `{"headers":{}}`}, {"enabled", `{"enabled":1}`},
		{"send_session_metadata", `{"allow_gpt_trainer_properties":0}`},
	} {
		delete(now, c.name)
		steps = append(steps, resource.TestStep{PreConfig: e.Forget, Config: e.config(with(now)...), ConfigPlanChecks: planned(plancheck.ResourceActionUpdate), Check: e.sent(update, c.body)})
	}
	e.Test(t, append(steps, e.importOK(t))...)
}

// TestEmptyIsNull: {} and nothing are one for the service, so that nothing is sent, and neither drifts.
func TestEmptyIsNull(t *testing.T) {
	t.Parallel()
	e := start(t)
	empty := with(required, "headers", "{}", "parameters", `"{}"`)
	e.Test(t,
		resource.TestStep{Config: e.config(empty...), ConfigStateChecks: []statecheck.StateCheck{value("headers", headers()), value("parameters", knownvalue.StringExact("{}"))}},
		resource.TestStep{PreConfig: e.Forget, Config: e.config(with(required)...), Check: e.sent(update, ""), ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
			plancheck.ExpectKnownValue(address, tfjsonpath.New("modified_at"), knownvalue.NotNull())}}},
		resource.TestStep{Config: e.config(empty...), Check: e.sent(update, "")},
		resource.TestStep{PreConfig: func() {
			e.EditFunction(e.only(t).UUID, func(f *mockhub.Function) { f.Parameters = `[ ]` })
		}, Config: e.config(empty...), ConfigPlanChecks: noop},
		resource.TestStep{PreConfig: func() {
			e.EditFunction(e.only(t).UUID, func(f *mockhub.Function) { f.Parameters = `null` })
		}, Config: e.config(empty...), ConfigPlanChecks: noop},
	)
}

// TestDrift changes each attribute in the web app: the plan shows it and the apply sends just that.
func TestDrift(t *testing.T) {
	t.Parallel()
	for which, config := range map[string]map[string]string{"full": full, "minimal": required} {
		t.Run(which, func(t *testing.T) {
			t.Parallel()
			e := start(t)
			steps := []resource.TestStep{{Config: e.config(with(config)...)}}
			for _, name := range slices.Sorted(maps.Keys(drifts)) {
				steps = append(steps, resource.TestStep{
					PreConfig: func() { e.Forget(); e.EditFunction(e.only(t).UUID, drifts[name]) },
					Config:    e.config(with(config)...), ConfigPlanChecks: planned(plancheck.ResourceActionUpdate),
					Check: func(*terraform.State) error {
						var body map[string]any
						if bodies := e.Bodies(update); len(bodies) != 1 || json.Unmarshal([]byte(bodies[0]), &body) != nil || len(body) != 1 || body[name] == nil {
							return fmt.Errorf("drift of %s: sent %q", name, bodies)
						}
						return nil
					},
				})
			}
			e.Test(t, append(steps, e.importOKBut(t, "headers"))...)
		})
	}
}

var drifts = map[string]func(*mockhub.Function){
	"name":                         func(f *mockhub.Function) { f.Name = "renamed" },
	"description":                  func(f *mockhub.Function) { f.Description = "Something else." },
	"external_url":                 func(f *mockhub.Function) { f.ExternalURL = "https://elsewhere.example.com" },
	"method":                       func(f *mockhub.Function) { f.Method = "PATCH" },
	"parameters":                   func(f *mockhub.Function) { f.Parameters = `{"type":"object","properties":{"x":{}}}` },
	"headers":                      func(f *mockhub.Function) { f.Headers = map[string]string{"X-Other": "1"} },
	"enabled":                      func(f *mockhub.Function) { f.Enabled = !f.Enabled },
	"allow_gpt_trainer_properties": func(f *mockhub.Function) { f.AllowGPTTrainerProperties = !f.AllowGPTTrainerProperties },
}

// importOKBut is importOK without some attributes: a visible header that looks like a credential is not taken over by an import.
func (e *env) importOKBut(t *testing.T, but ...string) resource.TestStep {
	t.Helper()
	step := e.importOK(t)
	step.ImportStateVerifyIgnore = but
	return step
}

func TestReplaced(t *testing.T) {
	t.Parallel()
	e := start(t)
	other := e.AddChatbot(mockhub.Chatbot{Name: "Sales"})
	second, third := e.AddAgent(e.chatbot, mockhub.Agent{Name: "Parcels"}), e.AddAgent(other, mockhub.Agent{Name: "Orders"})
	e.Keep(other, second, third)
	e.Test(t,
		resource.TestStep{Config: e.config(with(full, "secret_headers_wo", `{ "X-Token" = "s" }`)...)},
		resource.TestStep{Config: e.at(e.chatbot, second, with(full, "secret_headers_wo", `{ "X-Token" = "s" }`)...),
			ConfigPlanChecks: planned(plancheck.ResourceActionReplace)},
		resource.TestStep{Config: e.at(other, third, with(full, "secret_headers_wo", `{ "X-Token" = "s" }`)...),
			ConfigPlanChecks: planned(plancheck.ResourceActionReplace), Check: func(*terraform.State) error {
				a, _ := e.Agent(third)
				if len(a.Functions) != 1 || a.Functions[0].Headers["X-Token"] != "s" {
					return fmt.Errorf("the new agent has %v", a.Functions)
				}
				return nil
			}},
	)
}
