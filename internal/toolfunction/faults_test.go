package toolfunction_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

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
		"unknown 410":    func(q *mockhub.Quirks) { q.UnknownStatus = 410 },
		"no headers":     func(q *mockhub.Quirks) { q.HeadersMissing = true },
		"headers added":  func(q *mockhub.Quirks) { q.HeadersMerge = true },
		"strings":        func(q *mockhub.Quirks) { q.NumbersAsStrings = true },
		"fractions":      func(q *mockhub.Quirks) { q.TimeEnd = ".123456Z" },
		"an offset":      func(q *mockhub.Quirks) { q.TimeEnd = "+00:00" },
		"no date":        func(q *mockhub.Quirks) { q.DateMissing = true },
		"limits":         func(q *mockhub.Quirks) { q.RateLimitHeaders = true },
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
		"agent":   {func(e *env) { e.RemoveAgent(e.agent) }, `(?s)Not\s+an\s+agent\s+of\s+the\s+chatbot.*no\s+tool\s+function\s+was\s+created.*Check\s+both\s+ids`},
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

// TestRefusalIsNoDeletion: a list that fails, or is incomplete once, must not remove anything from the state.
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
		}}, true},
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
		"500 twice":    {mockhub.Fault{Route: create, Status: 500, Times: 2}, `(?s)Unable to create tool function.*500.*sent\s+twice`, 2},
		"lost":         {mockhub.Fault{Route: create, Process: true, Status: 500}, "", 1},
		"reset":        {mockhub.Fault{Route: create, Drop: true}, "", 2},
		"403":          {mockhub.Fault{Route: create, Status: 403, Body: `{"error": "function limit reached"}`}, `(?s)403.*function\s+limit\s+reached.*A\s+limit\s+of\s+the\s+account's\s+plan`, 1},
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
