package toolfunction_test

import (
	"encoding/json"
	"fmt"
	"maps"
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
