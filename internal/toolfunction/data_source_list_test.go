package toolfunction_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

const dataAddress = "data.aichatbothub_tool_functions.t"

func (e *env) data(more string) string {
	return e.Config(fmt.Sprintf("data \"aichatbothub_tool_functions\" \"t\" {\n  chatbot_id = %q\n  agent_id = %q\n  %s\n}\n", e.chatbot, e.agent, more))
}

func TestListDataSource(t *testing.T) {
	t.Parallel()
	e := start(t, func(q *mockhub.Quirks) { q.ListNewestFirst = true })
	begin := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	second := e.AddFunction(e.agent, mockhub.Function{UUID: strings.Repeat("b", 32), Name: "set_address", CreatedAt: begin.Add(time.Hour)})
	twin := e.AddFunction(e.agent, mockhub.Function{UUID: strings.Repeat("a", 32), Name: "get_address", CreatedAt: begin.Add(time.Hour)})
	first := e.AddFunction(e.agent, mockhub.Function{Name: "find_order", Description: "Finds it.", ExternalURL: "https://api.example.com", Method: "POST", Enabled: true, AllowGPTTrainerProperties: true,
		Parameters: `{"type": "object"}`, Headers: map[string]string{"X-Shop": "north", "Authorization": secret1, "x-api-key": "c4nary"}, CreatedAt: begin})
	e.AddFunction(e.AddAgent(e.chatbot, mockhub.Agent{Name: "Other"}), mockhub.Function{Name: "elsewhere"})
	for _, a := range e.Agents(e.chatbot) {
		e.Keep(a.UUID)
	}
	ids := func(want ...string) []statecheck.StateCheck {
		exact := []knownvalue.Check{}
		for _, id := range want {
			exact = append(exact, knownvalue.ObjectPartial(map[string]knownvalue.Check{"id": knownvalue.StringExact(id)}))
		}
		return []statecheck.StateCheck{statecheck.ExpectKnownValue(dataAddress, tfjsonpath.New("tool_functions"), knownvalue.ListExact(exact))}
	}
	stamp := knownvalue.StringExact("2026-01-02T03:04:05Z")
	e.Env.Test(t,
		resource.TestStep{Config: e.data(""), ConfigStateChecks: append(ids(first, twin, second),
			statecheck.ExpectKnownValue(dataAddress, tfjsonpath.New("tool_functions").AtSliceIndex(0), knownvalue.ObjectExact(map[string]knownvalue.Check{
				"id": knownvalue.StringExact(first), "name": knownvalue.StringExact("find_order"), "description": knownvalue.StringExact("Finds it."),
				"url": knownvalue.StringExact("https://api.example.com"), "method": knownvalue.StringExact("POST"), "parameters": knownvalue.StringExact(`{"type":"object"}`),
				"headers": headers("X-Shop", "north"), "enabled": knownvalue.Bool(true), "send_session_metadata": knownvalue.Bool(true), "created_at": stamp, "modified_at": stamp,
			})),
			statecheck.ExpectKnownValue(dataAddress, tfjsonpath.New("tool_functions").AtSliceIndex(1).AtMapKey("parameters"), knownvalue.Null()),
			statecheck.ExpectKnownValue(dataAddress, tfjsonpath.New("tool_functions").AtSliceIndex(1).AtMapKey("headers"), headers()),
		), Check: all()},
		resource.TestStep{Config: e.data(`name_regex = "_address$"`), ConfigStateChecks: ids(twin, second)},
		resource.TestStep{Config: e.data(`name_regex = "^nothing"`), ConfigStateChecks: ids()},
	)
}

func TestListDataSourceErrors(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		config func(*env) string
		want   string
	}{
		"no such agent": {func(e *env) string { return strings.ReplaceAll(e.data(""), e.agent, strings.Repeat("0", 32)) }, `(?s)agent_id += .*Chatbot\s+[0-9a-f]{32}\s+has\s+no\s+agent\s+with\s+the\s+id\s+0{32}`},
		"not an id":     {func(e *env) string { return strings.ReplaceAll(e.data(""), e.agent, "Orders") }, `(?s)agent_id += .*"Orders"\s+must\s+be\s+an\s+id`},
		"pattern":       {func(e *env) string { return e.data(`name_regex = "("`) }, `Invalid regular expression`},
		"the list fails": {func(e *env) string {
			e.Inject(mockhub.Fault{Route: agents, Status: 500, Times: -1})
			return e.data("")
		}, `(?s)Unable to list tool functions.*500`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t)
			e.Test(t, resource.TestStep{Config: c.config(e), PlanOnly: true, ExpectError: regexp.MustCompile(c.want)})
		})
	}
}
