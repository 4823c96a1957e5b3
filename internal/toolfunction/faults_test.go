package toolfunction_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// everything is full with secrets.
func everything() []string { return with(full, "secret_headers_wo", secrets("X-Token", "c4nary")) }

// TestReadings runs create, update, import and out-of-band deletion under every reading of the contract.
func TestReadings(t *testing.T) {
	t.Parallel()
	for name, quirk := range map[string]func(*mockhub.Quirks){
		"unknown 400":    func(q *mockhub.Quirks) { q.UnknownStatus = 400 },
		"unknown 403":    func(q *mockhub.Quirks) { q.UnknownStatus = 403 },
		"unknown 422":    func(q *mockhub.Quirks) { q.UnknownStatus = 422 },
		"deleted again":  func(q *mockhub.Quirks) { q.SecondDeleteSucceeds = true },
		"reordered":      func(q *mockhub.Quirks) { q.ParametersReordered = true },
		"trimmed":        func(q *mockhub.Quirks) { q.TrimsText = true },
		"extra fields":   func(q *mockhub.Quirks) { q.ExtraFields = true },
		"floats":         func(q *mockhub.Quirks) { q.NumbersAsFloats = true },
		"true and false": func(q *mockhub.Quirks) { q.BooleansAsTrueFalse = true },
		"newest first":   func(q *mockhub.Quirks) { q.ListNewestFirst = true },
		"any order":      func(q *mockhub.Quirks) { q.AgentOrderRandom = true },
		"errors as text": func(q *mockhub.Quirks) { q.ErrorForm = "text" },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t, quirk)
			heredoc := "<<EOT\n  Finds an order.\n  \"By\" its number $${x}.\nEOT\n"
			config := func(name string) string {
				return e.config(with(full, "name", name, "description", heredoc, "secret_headers_wo", secrets("X-Token", "c4nary"))...)
			}
			e.Test(t,
				resource.TestStep{Config: config(`"find_order"`)}, e.importOKBut(t, "headers", "description"),
				resource.TestStep{Config: config(`"find_parcel"`), ConfigPlanChecks: planned(plancheck.ResourceActionUpdate), Check: all()},
				resource.TestStep{PreConfig: func() { e.RemoveFunction(e.only(t).UUID) }, Config: config(`"find_parcel"`), ConfigPlanChecks: planned(plancheck.ResourceActionCreate)},
			)
		})
	}
}

// TestParentGone: with its agent or its chatbot the tool function is gone, too. The new one cannot be made, and the error says why.
func TestParentGone(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		gone func(*env)
		want string
	}{
		"agent":   {func(e *env) { e.RemoveAgent(e.agent) }, `(?s)Not\s+an\s+agent\s+of\s+the\s+chatbot.*nothing\s+was\s+created.*Check\s+both\s+ids`},
		"chatbot": {func(e *env) { e.RemoveChatbot(e.chatbot) }, `(?s)Not\s+an\s+agent\s+of\s+the\s+chatbot.*Check\s+both\s+ids`},
	} {
		for _, status := range []int{404, 403} {
			t.Run(fmt.Sprint(name, status), func(t *testing.T) {
				t.Parallel()
				a := acctest.Start(t, func(q *mockhub.Quirks) { q.UnknownStatus = status })
				e := &env{Env: a, chatbot: a.AddChatbot(mockhub.Chatbot{})}
				e.agent = a.AddAgent(e.chatbot, mockhub.Agent{})
				if name == "agent" {
					e.Keep(e.chatbot)
				}
				e.Test(t,
					resource.TestStep{Config: e.config(everything()...)},
					resource.TestStep{PreConfig: func() { c.gone(e) }, RefreshState: true, ExpectNonEmptyPlan: true},
					resource.TestStep{PreConfig: e.Forget, Config: e.config(everything()...), ExpectError: regexp.MustCompile(c.want)},
				)
				if n := e.Count(create); n != 0 {
					t.Errorf("%d creates were sent", n)
				}
			})
		}
	}
}

// TestDeletedBeforeDestroy deletes the tool function between the refresh and the delete, under every status an unknown uuid may get.
func TestDeletedBeforeDestroy(t *testing.T) {
	t.Parallel()
	for _, status := range []int{404, 400, 403, 422} {
		t.Run(fmt.Sprint(status), func(t *testing.T) {
			t.Parallel()
			e := start(t, func(q *mockhub.Quirks) { q.UnknownStatus = status })
			e.Test(t, resource.TestStep{Config: e.config(with(required)...)}, resource.TestStep{
				// The delete is processed, its answer is lost, and the next try meets an unknown uuid.
				PreConfig: func() { e.Inject(mockhub.Fault{Route: remove, Process: true, Status: http.StatusBadGateway}) },
				Config:    e.config(with(required)...), Destroy: true,
			})
			if left := e.FaultsLeft(); left != 0 {
				t.Errorf("%d faults were not met", left)
			}
		})
	}
}

// TestRefusalIsNoDeletion: a list that fails, or lies once, must not remove anything from the state.
func TestRefusalIsNoDeletion(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		fault mockhub.Fault
		read  bool // the refresh works all the same
	}{
		"403":        {mockhub.Fault{Route: agents, Status: 403}, false},
		"404":        {mockhub.Fault{Route: agents, Status: 404}, false},
		"500":        {mockhub.Fault{Route: agents, Status: 500}, false},
		"HTML":       {mockhub.Fault{Route: agents, HTML: true}, false},
		"null":       {mockhub.Fault{Route: agents, Body: `null`}, false},
		"empty once": {mockhub.Fault{Route: agents, Body: `[]`}, true},
		"headers": {mockhub.Fault{Route: agents, Mutate: func(b []byte) []byte {
			return []byte(strings.ReplaceAll(string(b), `"headers":{`, `"headers":"c4nary","h":{`))
		}}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t)
			step := resource.TestStep{PreConfig: func() { e.Inject(c.fault) }, Config: e.config(with(required)...)}
			if c.read {
				step.ConfigPlanChecks = noop
			} else {
				step.ExpectError = regexp.MustCompile("Unable to read tool function")
			}
			e.Test(t, resource.TestStep{Config: e.config(with(required)...)}, step, resource.TestStep{Config: e.config(with(required)...), ConfigPlanChecks: noop})
		})
	}
}

func TestCreateFaults(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		fault mockhub.Fault
		want  string // of the error; "" = it succeeds in the end
		posts int
	}{
		"429 then 200": {mockhub.Fault{Route: create, Status: 429}, "", 2},
		"500":          {mockhub.Fault{Route: create, Status: 500}, `(?s)Unable to create tool function.*500.*not\s+known\s+whether`, 1},
		"reset":        {mockhub.Fault{Route: create, Drop: true}, `(?s)Unable to create tool function.*not\s+known\s+whether`, 1},
		"403":          {mockhub.Fault{Route: create, Status: 403, Body: `{"error": "function limit reached"}`}, `(?s)403.*function\s+limit\s+reached.*Limits\s+of\s+the\s+plan`, 1},
		"422 at a field": {mockhub.Fault{Route: create, Status: 422, Body: `[{"loc":["body","external_url"],"msg":"no such host","type":"value_error"}]`},
			`(?s)url += .*refused\s+url.*no\s+such\s+host`, 1},
		"422 inside a field": {mockhub.Fault{Route: create, Status: 422, Body: `[{"loc":["parameters","properties","order"],"msg":"too deep","type":"value_error"}]`},
			`(?s)parameters += .*refused\s+parameters.*too\s+deep`, 1},
		"422 at metadata": {mockhub.Fault{Route: create, Status: 422, Body: `[{"loc":["allow_gpt_trainer_properties"],"msg":"not in your plan","type":"value_error"}]`},
			`(?s)send_session_metadata += .*not\s+in\s+your\s+plan`, 1},
		"422 at an unknown field": {mockhub.Fault{Route: create, Status: 422, Body: `[{"loc":["color"],"msg":"field required","type":"value_error.missing"}]`}, `color: field\s+required`, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t)
			step := resource.TestStep{PreConfig: func() { e.Inject(c.fault) }, Config: e.config(with(full)...)}
			if c.want != "" {
				step.ExpectError = regexp.MustCompile(c.want)
			}
			e.Test(t, step)
			if got := e.Count(create); got != c.posts {
				t.Errorf("%d creates were sent, want %d", got, c.posts)
			}
		})
	}
}

// TestUpdateAnswers: updates are sent again when an answer is lost, refusals are reported, and either way the next plan is right.
func TestUpdateAnswers(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		fault mockhub.Fault
		want  string
	}{
		"lost":              {mockhub.Fault{Route: update, Process: true, Drop: true}, ""},
		"503":               {mockhub.Fault{Route: update, Status: 503}, ""},
		"refused":           {mockhub.Fault{Route: update, Status: 400, Body: `{"message": "no such plan"}`}, `(?s)Unable to update tool function.*"find_order"[^.]*no\s+such\s+plan`},
		"done and refused":  {mockhub.Fault{Route: update, Process: true, Status: 400}, `Unable to update tool function`},
		"done and unusable": {mockhub.Fault{Route: update, Process: true, HTML: true}, `Unable to update tool function`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t)
			next := e.config(with(required, "name", `"other"`, "secret_headers_wo", secrets("Authorization", secret2))...)
			step := resource.TestStep{PreConfig: func() { e.Inject(c.fault) }, Config: next}
			if c.want != "" {
				step.ExpectError = regexp.MustCompile(c.want)
			}
			e.Test(t, resource.TestStep{Config: e.config(with(required, "secret_headers_wo", secrets("Authorization", secret1))...)}, step,
				resource.TestStep{Config: next, Check: e.stores(t, "Authorization", secret2)}, resource.TestStep{Config: next, ConfigPlanChecks: noop})
		})
	}
}

// TestValueNotTakenOver: the service answers other values than were sent. That is no "inconsistent result", and shows in the next plan.
func TestValueNotTakenOver(t *testing.T) {
	t.Parallel()
	replace := func(old, now string) func([]byte) []byte {
		return func(answer []byte) []byte { return []byte(strings.ReplaceAll(string(answer), old, now)) }
	}
	for name, c := range map[string]struct {
		mutate    func([]byte) []byte
		attribute string
		want      knownvalue.Check
	}{
		"method":       {replace(`"POST"`, `"GET"`), "method", knownvalue.StringExact("POST")},
		"enabled":      {replace(`"enabled":0`, `"enabled":1`), "enabled", knownvalue.Bool(false)},
		"a header":     {replace(`"X-Shop":"north"`, `"X-Shop":"south"`), "headers", headers("X-Shop", "north", "Authorization", "Basic c2hvd24=")},
		"more headers": {replace(`"X-Shop":`, `"X-Added":"1","X-Shop":`), "headers", headers("X-Shop", "north", "Authorization", "Basic c2hvd24=")},
		"parameters":   {replace(`"required":["order"]`, `"required":[]`), "parameters", knownvalue.StringRegexp(regexp.MustCompile(`"required":\["order"\]`))},
		"a secret":     {replace(`"X-Token":"c4nary"`, `"X-Token":"***"`), "secret_headers_wo", knownvalue.Null()},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t)
			for _, route := range []string{create, agents} {
				fault := mockhub.Fault{Route: route, Mutate: c.mutate, Times: 3}
				if route == agents {
					fault.Skip = 1 // before the create, for the agent
				}
				e.Inject(fault)
			}
			e.Test(t,
				resource.TestStep{Config: e.config(everything()...), ExpectNonEmptyPlan: true, ConfigStateChecks: []statecheck.StateCheck{value(c.attribute, c.want)}},
				resource.TestStep{PreConfig: e.ClearFaults, Config: e.config(everything()...)},
				resource.TestStep{Config: e.config(everything()...), ConfigPlanChecks: noop},
			)
		})
	}
}

// TestShortAnswers: what the answers to create and update lack keeps its planned value.
func TestShortAnswers(t *testing.T) {
	t.Parallel()
	e := start(t)
	uuid := regexp.MustCompile(`"uuid":"[0-9a-f]{32}"`)
	for _, route := range []string{create, update} {
		e.Inject(mockhub.Fault{Route: route, Times: -1, Mutate: func(answer []byte) []byte { return []byte("{" + string(uuid.Find(answer)) + "}") }})
	}
	e.Test(t,
		resource.TestStep{Config: e.config(everything()...)}, resource.TestStep{Config: e.config(everything()...), ConfigPlanChecks: noop},
		resource.TestStep{Config: e.config(with(full, "method", `"PATCH"`, "headers", "", "secret_headers_wo", "{}")...), Check: e.stores(t)}, e.importOKBut(t, "modified_at"),
	)
}

// TestHeadersNotShown: a deployment that never answers headers. Changing some could wipe secrets, so the configuration must say which
// there are.
func TestHeadersNotShown(t *testing.T) {
	t.Parallel()
	e := start(t)
	e.Inject(mockhub.Fault{Route: agents, Times: -1, Mutate: func(b []byte) []byte { return []byte(strings.ReplaceAll(string(b), `"headers":`, `"h":`)) }})
	e.Test(t,
		resource.TestStep{Config: e.config(with(required, "headers", `{ "X-Shop" = "north" }`)...)},
		resource.TestStep{Config: e.config(with(required, "headers", `{ "X-Shop" = "south" }`)...), ExpectError: regexp.MustCompile(`(?s)could\s+not\s+be\s+kept.*secret_headers_wo`)},
		resource.TestStep{Config: e.config(with(required, "headers", `{ "X-Shop" = "south" }`, "secret_headers_wo", "{}")...), Check: e.stores(t, "X-Shop", "south")},
	)
}

// TestOtherChatbot: the agent is in another chatbot. The error names it, and nothing is made.
func TestOtherChatbot(t *testing.T) {
	t.Parallel()
	e := start(t)
	other := e.AddChatbot(mockhub.Chatbot{Name: "Sales"})
	e.Keep(other)
	e.Test(t, resource.TestStep{Config: e.at(other, e.agent, with(required)...),
		ExpectError: regexp.MustCompile(`(?s)agent_id += .*is\s+not\s+an\s+agent\s+of\s+chatbot\s+` + other + `.*chatbot\s+"Support":\s+set\s+chatbot_id\s+=\s+"` + e.chatbot)})
	for range 51 { // nobody looks through a whole account
		e.Keep(e.AddChatbot(mockhub.Chatbot{Name: "Many"}))
	}
	e.Forget()
	e.Test(t, resource.TestStep{Config: e.at(other, strings.Repeat("0", 32), with(required)...), ExpectError: regexp.MustCompile(`(?s)nothing\s+was\s+created.*Check\s+both\s+ids`)})
	if n := e.Count(agents); n > 52 {
		t.Errorf("%d lists were fetched for the wording of an error", n)
	}
	if n := e.Count(create); n != 0 {
		t.Errorf("%d creates were sent", n)
	}
}

// TestOneList: however many tool functions are made, their agent is looked for once, and not at all when it was made in the same run.
func TestOneList(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		agent func(*env) string
		id    string
		lists int
	}{
		"of another run": {func(e *env) string { return fmt.Sprintf("locals {\n  agent = %q\n}\n", e.agent) }, "local.agent", 1},
		"of this run": {func(e *env) string {
			return fmt.Sprintf("resource \"aichatbothub_agent\" \"a\" {\n  chatbot_id = %q\n  type = \"user-facing\"\n  name = \"New\"\n  use_all_sources = true\n}\n", e.chatbot)
		}, "aichatbothub_agent.a.id", 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t)
			lists := 0
			e.Test(t, resource.TestStep{
				Config: e.Config(c.agent(e) + fmt.Sprintf("resource \"aichatbothub_tool_function\" \"t\" {\n  count = 3\n  chatbot_id = %q\n  agent_id = %s\n  %s\n}\n",
					e.chatbot, c.id, strings.Join(with(required), "\n  "))),
				Check: func(*terraform.State) error {
					for _, r := range e.Requests() { // up to the last create
						if r.Route == agents {
							lists++
						} else if r.Route == create && lists > c.lists {
							return fmt.Errorf("%d lists before a create, want %d", lists, c.lists)
						}
					}
					return nil
				},
			})
		})
	}
}

// TestDeleteRefused: a refusal to delete what is there is an error, and the tool function stays in the state.
func TestDeleteRefused(t *testing.T) {
	t.Parallel()
	e := start(t)
	e.Test(t, resource.TestStep{Config: e.config(with(required)...)}, resource.TestStep{
		PreConfig: func() { e.Inject(mockhub.Fault{Route: remove, Status: 403, Body: `{"error": "read only"}`}) },
		Config:    e.config(with(required)...), Destroy: true, ExpectError: regexp.MustCompile(`(?s)Unable to delete tool function.*read\s+only`),
	})
}

// TestAgentsNotListed: without the list nobody knows whose the agent is, and nothing is made.
func TestAgentsNotListed(t *testing.T) {
	t.Parallel()
	e := start(t)
	e.Inject(mockhub.Fault{Route: agents, Status: 500})
	e.Test(t, resource.TestStep{Config: e.config(with(required)...), ExpectError: regexp.MustCompile(`(?s)Unable to create tool function.*500.*nothing\s+was\s+created`)})
	if n := e.Count(create); n != 0 {
		t.Errorf("%d creates were sent", n)
	}
}
