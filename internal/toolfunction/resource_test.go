package toolfunction_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

func TestMinimal(t *testing.T) {
	t.Parallel()
	e := start(t)
	e.ThroughCLI()
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
	e.ThroughCLI()
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
	e.ThroughCLI()
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
