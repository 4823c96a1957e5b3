package session_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// fields is a 422 that blames one field.
func fields(loc, msg string) mockhub.Fault {
	return mockhub.Fault{Status: 422, Body: fmt.Sprintf(`[{"loc":[%s],"msg":%q,"type":"value_error"}]`, loc, msg)}
}

// TestCreateFaults: the faults after which a create succeeds, and the errors after the others.
func TestCreateFaults(t *testing.T) {
	t.Parallel()
	unmade := `(?s)Unable to create session.*sent\s+twice,\s+and\s+the\s+service\s+lists\s+no\s+object\s+that\s+it\s+created.*`
	for name, c := range map[string]struct {
		fault mockhub.Fault
		want  string
		posts int
	}{
		"429":              {mockhub.Fault{Status: 429}, "", 2},
		"429 with a pause": {mockhub.Fault{RetryAfter: "0"}, "", 2},
		"500":              {mockhub.Fault{Status: 500}, "", 2},
		"500 twice":        {mockhub.Fault{Status: 500, Times: 2}, unmade + `The\s+service\s+failed\s+to\s+process`, 2},
		"502":              {mockhub.Fault{Status: 502}, "", 2},
		"reset":            {mockhub.Fault{Drop: true}, "", 2},
		"reset twice":      {mockhub.Fault{Drop: true, Times: 2}, unmade + `Check\s+the\s+network`, 2},
		"HTML":             {mockhub.Fault{HTML: true, Times: 2}, unmade + `base_url`, 2},
		"no uuid":          {mockhub.Fault{Body: `{"created_at":"2026-01-02T03:04:05Z"}`, Times: 2}, `(?s)Unable to create session.*no\s+uuid`, 2},
		"403":              {mockhub.Fault{Status: 403, Body: `{"error": "plan limit"}`}, `(?s)Unable to create session.*plan\s+limit.*A\s+limit\s+of\s+the\s+account's\s+plan`, 1},
		"variables":        {fields(`"initial_variables"`, "too many"), `(?s)initial_variables += .*refused\s+initial_variables\s+\(422\):\s+too\s+many`, 1},
		"one variable":     {fields(`"body","initial_variables","tier"`, "unheard of"), `(?s)initial_variables += .*refused\s+initial_variables\["tier"\]\s+\(422\):\s+unheard\s+of`, 1},
		"another field":    {fields(`"shape"`, "missing"), `(?s)Unable to create session.*shape.*missing`, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t)
			c.fault.Route = create
			e.Inject(c.fault)
			step := resource.TestStep{Config: e.config(gold)}
			if c.want != "" {
				step.ExpectError = regexp.MustCompile(c.want)
			}
			e.run(t, step)
			if got := e.Count(create); got != c.posts {
				t.Errorf("%d creates were sent, want %d", got, c.posts)
			}
		})
	}
}

// TestCreateAnswerLost: the session was created and the answer was lost. The list has the session, and no second one is created.
func TestCreateAnswerLost(t *testing.T) {
	t.Parallel()
	e := start(t)
	e.Inject(mockhub.Fault{Route: create, Process: true, Status: 500})
	e.run(t, resource.TestStep{Config: e.config(gold), Check: e.ExpectCount(create, 1)},
		resource.TestStep{Config: e.config(gold), ConfigPlanChecks: planned(plancheck.ResourceActionNoop), Check: func(*terraform.State) error { e.sole(t); return nil }})
}

// TestNoChatbot: the chatbot of a new session is gone, under every status that this may have.
func TestNoChatbot(t *testing.T) {
	t.Parallel()
	for _, status := range []int{404, 400, 403, 422} {
		t.Run(fmt.Sprint(status), func(t *testing.T) {
			t.Parallel()
			e := start(t, func(q *mockhub.Quirks) { q.UnknownStatus = status })
			e.run(t, resource.TestStep{Config: e.Config(session(`"` + unknownID + `"`)), ExpectError: regexp.MustCompile(`(?s)Chatbot not found.*chatbot_id += .*0{32}`)})
		})
	}
}

// TestDelete: deleting a missing session succeeds. A session that exists after a refusal is an error and stays in the state.
func TestDelete(t *testing.T) {
	t.Parallel()
	for name, quirk := range map[string]func(*mockhub.Quirks){
		"404": func(*mockhub.Quirks) {}, "400": func(q *mockhub.Quirks) { q.DeletedStatus = 400 }, "403": func(q *mockhub.Quirks) { q.DeletedStatus = 403 },
		"422": func(q *mockhub.Quirks) { q.DeletedStatus = 422 }, "200": func(q *mockhub.Quirks) { q.SecondDeleteSucceeds = true },
	} {
		t.Run("gone, "+name, func(t *testing.T) {
			t.Parallel()
			e := start(t, quirk)
			// The refresh still sees it.
			e.Inject(mockhub.Fault{Route: remove, Process: true, Drop: true})
			e.run(t, resource.TestStep{Config: e.config(gold)})
			if n := e.Count(remove); n != 2 {
				t.Errorf("%d deletes were sent, want 2", n)
			}
		})
	}
	t.Run("refused", func(t *testing.T) {
		t.Parallel()
		e := start(t)
		e.run(t, resource.TestStep{Config: e.config(gold)}, resource.TestStep{
			PreConfig: func() { e.Inject(mockhub.Fault{Route: remove, Status: 403, Body: `{"error": "in use"}`}) },
			Config:    e.config(gold), Destroy: true, ExpectError: regexp.MustCompile(`(?s)Unable to delete session.*Session\s+[0-9a-f]{32}\s+of\s+chatbot\s+[0-9a-f]{32}:.*in\s+use`),
		})
	})
}

// TestShortAnswer: an answer with nothing but the id makes a session all the same.
func TestShortAnswer(t *testing.T) {
	t.Parallel()
	e := start(t)
	e.ThroughCLI()
	e.Inject(mockhub.Fault{Route: create, Mutate: func(answer []byte) []byte {
		var o map[string]any
		_ = json.Unmarshal(answer, &o)
		return fmt.Appendf(nil, `{"uuid": %q}`, o["uuid"])
	}})
	e.run(t, resource.TestStep{Config: e.config(gold), ConfigStateChecks: []statecheck.StateCheck{variables("tier", "gold", "orders", "12"), has("created_at", knownvalue.Null())}},
		resource.TestStep{Config: e.config(gold), ConfigPlanChecks: planned(plancheck.ResourceActionNoop)})
}

// TestNotTakenOver: variables that the service answers otherwise are a warning, and the plan is kept.
func TestNotTakenOver(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		answer string
		warns  bool
	}{
		"another value": {`{"tier":"silver"}`, true},
		"none":          {`{}`, true},
		"null":          {`null`, false}, // is not shown
		"a list":        {`["gold"]`, false},
		"a text":        {`"gold"`, false},
		"one more":      {`{"tier":"gold","page":"/"}`, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t, echo)
			e.Inject(mockhub.Fault{Route: create, Mutate: func(answer []byte) []byte {
				return []byte(strings.Replace(string(answer), `{"tier":"gold"}`, c.answer, 1))
			}})
			s := e.Server(t)
			diags := s.Create("aichatbothub_session", map[string]tftypes.Value{
				"chatbot_id":        tftypes.NewValue(tftypes.String, e.chatbot),
				"initial_variables": tftypes.NewValue(tftypes.Map{ElementType: tftypes.String}, map[string]tftypes.Value{"tier": tftypes.NewValue(tftypes.String, "gold")}),
			}, func() {})
			if !c.warns {
				s.Clean(diags)
				return
			}
			if len(diags) != 1 || diags[0].Severity != tfprotov6.DiagnosticSeverityWarning || !strings.Contains(diags[0].Detail, "session "+e.sole(t).UUID) || !strings.Contains(diags[0].Detail, ": initial_variables.") {
				t.Errorf("got %v, want one warning about initial_variables", diags)
			}
		})
	}
}
