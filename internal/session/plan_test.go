package session_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// TestUnknownAtPlan: unknown values are evaluated in the apply.
func TestUnknownAtPlan(t *testing.T) {
	t.Parallel()
	e := start(t)
	in := func(name, input string) string {
		return "resource \"terraform_data\" \"" + name + "\" {\n input = " + input + "\n}\n"
	}
	of := func(name string) string { return "terraform_data." + name + ".output" }
	first := in("in", fmt.Sprintf(`{ chatbot = %q, variables = { tier = "gold" } }`, e.chatbot))
	unknown := plancheck.ExpectUnknownValue(address, tfjsonpath.New("initial_variables"))
	e.run(t,
		resource.TestStep{
			Config:           e.Config(first + session(of("in")+".chatbot", "initial_variables = "+of("in")+".variables")),
			ConfigPlanChecks: planned(plancheck.ResourceActionCreate, unknown), ConfigStateChecks: []statecheck.StateCheck{variables("tier", "gold")}, Check: e.sent(`{"initial_variables":{"tier":"gold"}}`),
		},
		// What is not known may be a change.
		resource.TestStep{
			PreConfig: e.Forget, Config: e.Config(first + in("none", "{ variables = null }") + session(of("in")+".chatbot", "initial_variables = "+of("none")+".variables")),
			ConfigPlanChecks: planned(plancheck.ResourceActionDestroyBeforeCreate, unknown), Check: e.sent(""),
		},
		// A null element is found out when it is known, before anything is sent for it.
		resource.TestStep{
			PreConfig: e.Forget, Config: e.Config(in("null", `{ age = null }`) + session(`"`+e.chatbot+`"`, `initial_variables = { tier = "gold", age = `+of("null")+`.age }`)),
			ExpectError: regexp.MustCompile("(?s)Error: Null element.*initial_variables += "),
		},
		resource.TestStep{Config: e.config(gold), ConfigPlanChecks: planned(plancheck.ResourceActionCreate), Check: e.ExpectCount(create, 1)},
	)
}

// TestUnknownAfterImport: what an import could not read is recorded also when it is known only in the apply.
func TestUnknownAfterImport(t *testing.T) {
	t.Parallel()
	e := start(t)
	id := e.AddSession(e.chatbot, mockhub.Session{})
	e.Inject(mockhub.Fault{Route: list, Status: 403, Times: -1}) // which could tell the chatbot
	in := fmt.Sprintf("resource \"terraform_data\" \"in\" {\n input = { chatbot = %q, variables = { tier = \"gold\" } }\n}\n", e.chatbot)
	config := e.Config(in + session("terraform_data.in.output.chatbot", "initial_variables = terraform_data.in.output.variables"))
	e.run(t, resource.TestStep{Config: importInto(id) + config, ConfigPlanChecks: planned(plancheck.ResourceActionUpdate), ConfigStateChecks: []statecheck.StateCheck{variables("tier", "gold")}, Check: e.sent()},
		resource.TestStep{Config: config, ConfigPlanChecks: planned(plancheck.ResourceActionNoop)})
}

func TestBadInput(t *testing.T) {
	t.Parallel()
	id := `"` + strings.Repeat("c", 32) + `"`
	for name, c := range map[string]struct{ config, want string }{
		"chatbot":        {session(`"bot"`), `(?s)chatbot_id += .*"bot"\s+must\s+be\s+an\s+id`},
		"dashed chatbot": {session(`"43474DA7-ae3b-4b71-91ee-29c2de798257"`), `(?s)Write\s+it\s+as\s+"43474da7ae3b4b7191ee29c2de798257"`},
		"no chatbot":     {"resource \"aichatbothub_session\" \"t\" {}\n", `(?s)Missing required argument.*chatbot_id`},
		"null variable":  {session(id, `initial_variables = { tier = null }`), `(?s)Error: Null element.*initial_variables += `},
		"list":           {session(id, `initial_variables = { tier = ["gold"] }`), `(?s)Incorrect attribute value type.*initial_variables`},
		"no map":         {session(id, `initial_variables = "gold"`), `(?s)Incorrect attribute value type.*initial_variables`},
		"id":             {session(id, `id = `+id), `(?s)Invalid Configuration for Read-Only Attribute|Value for unconfigurable attribute`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t)
			e.Test(t, resource.TestStep{Config: e.Config(c.config), PlanOnly: true, ExpectError: regexp.MustCompile(c.want)})
			if n := e.Count(""); n != 0 {
				t.Errorf("%d requests were sent", n)
			}
		})
	}
}

// TestRequests: a create is one request, a plan one for each session, and a destroy one more for each.
func TestRequests(t *testing.T) {
	t.Parallel()
	const n = 12
	e := start(t)
	config := e.Config(strings.Replace(session(`"`+e.chatbot+`"`, gold), "{", fmt.Sprintf("{\n  count = %d", n), 1))
	e.run(t,
		resource.TestStep{Config: config, Check: e.ExpectCount(create, n)},
		resource.TestStep{PreConfig: e.Forget, RefreshState: true, Check: e.only(slices.Repeat([]string{fetch}, n)...)},
		resource.TestStep{PreConfig: e.Forget, Config: config, Destroy: true},
	)
	if reads := e.Count(fetch); e.Count(remove) != n || e.Count("") != n+reads || reads%n != 0 {
		t.Errorf("the destroy sent %d deletes and %d reads of %d requests", e.Count(remove), reads, e.Count(""))
	}
}
