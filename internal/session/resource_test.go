package session_test

import (
	"fmt"
	"net/http"
	"regexp"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

func TestMinimal(t *testing.T) {
	t.Parallel()
	for name, quirks := range map[string][]func(*mockhub.Quirks){"older": nil, "newer": {echo}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t, quirks...)
			e.ThroughCLI()
			stamp := knownvalue.StringRegexp(regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$`))
			e.run(t, resource.TestStep{
				Config: e.config(),
				ConfigStateChecks: []statecheck.StateCheck{
					has("id", knownvalue.StringRegexp(regexp.MustCompile(`^[0-9a-f]{32}$`))), has("chatbot_id", knownvalue.StringExact(e.chatbot)),
					has("initial_variables", knownvalue.Null()), has("created_at", stamp), has("modified_at", stamp),
				},
				Check: e.sent(""),
			}, resource.TestStep{Config: e.config(), ConfigPlanChecks: planned(plancheck.ResourceActionNoop)}, importOK)
		})
	}
}

func TestFull(t *testing.T) {
	t.Parallel()
	for name, quirks := range map[string][]func(*mockhub.Quirks){
		"older": nil, "newer": {echo}, "typed": {echo, func(q *mockhub.Quirks) { q.SessionVariablesTyped = true }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t, quirks...)
			odd := `initial_variables = { tier = "gold", orders = 12, "first name" = "Zoë 🙂", "" = "", vip = true, note = "a\n\"b\" $${c} %%{d}" }`
			e.run(t, resource.TestStep{
				Config:            e.config(odd),
				ConfigStateChecks: []statecheck.StateCheck{variables("tier", "gold", "orders", "12", "first name", "Zoë 🙂", "", "", "vip", "true", "note", "a\n\"b\" ${c} %{d}")},
				Check:             e.sent(`{"initial_variables": {"tier": "gold", "orders": "12", "first name": "Zoë 🙂", "": "", "vip": "true", "note": "a\n\"b\" ${c} %{d}"}}`),
			}, resource.TestStep{Config: e.config(odd), ConfigPlanChecks: planned(plancheck.ResourceActionNoop)}, importOK)
		})
	}
}

// TestNone: null and {} are the same. Neither has a body, and a change between them sends nothing.
func TestNone(t *testing.T) {
	t.Parallel()
	for _, shows := range []bool{true, false} {
		t.Run(fmt.Sprintf("shown %t", shows), func(t *testing.T) {
			t.Parallel()
			e := start(t, func(q *mockhub.Quirks) { q.SessionEcho = shows })
			empty := `initial_variables = {}`
			e.run(t,
				resource.TestStep{Config: e.config(), Check: e.sent("")},
				resource.TestStep{PreConfig: e.Forget, Config: e.config(empty), ConfigPlanChecks: planned(plancheck.ResourceActionUpdate), Check: e.sent()},
				resource.TestStep{Config: e.config(empty), ConfigPlanChecks: planned(plancheck.ResourceActionNoop)},
				resource.TestStep{Config: e.config(), ConfigPlanChecks: planned(plancheck.ResourceActionUpdate), Check: e.sent()},
				resource.TestStep{Config: e.config(), Taint: []string{address}, Check: e.sent("")},
				resource.TestStep{PreConfig: e.Forget, Config: e.config(empty), Taint: []string{address}, Check: e.sent("")},
			)
		})
	}
}

// TestReplaced: nothing of a session can be changed.
func TestReplaced(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ before, after, sent string }{
		"value":          {gold, `initial_variables = { tier = "silver", orders = "12" }`, `{"initial_variables":{"tier":"silver","orders":"12"}}`},
		"one more":       {gold, `initial_variables = { tier = "gold", orders = "12", age = "" }`, `{"initial_variables":{"tier":"gold","orders":"12","age":""}}`},
		"one less":       {gold, `initial_variables = { tier = "gold" }`, `{"initial_variables":{"tier":"gold"}}`},
		"none":           {gold, ``, ``},
		"empty":          {gold, `initial_variables = {}`, ``},
		"some after {}":  {`initial_variables = {}`, `initial_variables = { tier = "gold" }`, `{"initial_variables":{"tier":"gold"}}`},
		"some, not null": {``, `initial_variables = { tier = "gold" }`, `{"initial_variables":{"tier":"gold"}}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t)
			var was string
			e.run(t, resource.TestStep{Config: e.config(c.before)}, resource.TestStep{
				PreConfig: func() { was = e.sole(t).UUID; e.Forget() },
				Config:    e.config(c.after), ConfigPlanChecks: planned(plancheck.ResourceActionDestroyBeforeCreate), Check: e.sent(c.sent),
			}, resource.TestStep{
				PreConfig: func() {
					if e.sole(t).UUID == was {
						t.Error("it is the same session")
					}
				},
				Config: e.config(c.after), ConfigPlanChecks: planned(plancheck.ResourceActionNoop),
			})
		})
	}
	t.Run("chatbot_id", func(t *testing.T) {
		t.Parallel()
		e := start(t)
		other := e.SeedChatbot()
		e.run(t, resource.TestStep{Config: e.config(gold)}, resource.TestStep{
			Config: e.Config(session(`"`+other+`"`, gold)), ConfigPlanChecks: planned(plancheck.ResourceActionDestroyBeforeCreate),
			ConfigStateChecks: []statecheck.StateCheck{has("chatbot_id", knownvalue.StringExact(other))},
		})
		if left := e.Sessions(other); len(left) > 0 {
			t.Errorf("the destroy left %v", left)
		}
	})
}

// TestDrift: where the deployment shows the variables, a change of them shows and makes the session anew.
func TestDrift(t *testing.T) {
	t.Parallel()
	for name, edit := range map[string]func(map[string]any){
		"value":     func(v map[string]any) { v["tier"] = "silver" },
		"number":    func(v map[string]any) { v["orders"] = 13.0 },
		"bool":      func(v map[string]any) { v["tier"] = true },
		"emptied":   func(v map[string]any) { v["tier"] = "" },
		"missing":   func(v map[string]any) { delete(v, "orders") },
		"all gone":  func(v map[string]any) { clear(v) },
		"case":      func(v map[string]any) { v["tier"] = "Gold" },
		"like JSON": func(v map[string]any) { v["orders"] = "12 pieces" },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t, echo)
			e.run(t, resource.TestStep{Config: e.config(gold)}, resource.TestStep{
				PreConfig: e.edit(t, edit), Config: e.config(gold), ConfigPlanChecks: planned(plancheck.ResourceActionDestroyBeforeCreate),
				ConfigStateChecks: []statecheck.StateCheck{variables("tier", "gold", "orders", "12")},
			}, resource.TestStep{Config: e.config(gold), ConfigPlanChecks: planned(plancheck.ResourceActionNoop)})
		})
	}
}

// TestNoDrift: what is equal, what is not managed and what moves by itself makes no diff.
func TestNoDrift(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		arguments string
		edit      func(map[string]any)
		hidden    bool
	}{
		"number":       {`initial_variables = { n = "12.0", m = "1e3" }`, func(v map[string]any) { v["n"], v["m"] = 12.0, 1000.0 }, false},
		"bool":         {`initial_variables = { n = "true" }`, func(v map[string]any) { v["n"] = true }, false},
		"white space":  {`initial_variables = { n = " a\r\n" }`, func(v map[string]any) { v["n"] = "a" }, false},
		"empty, gone":  {`initial_variables = { n = "" }`, func(v map[string]any) { delete(v, "n") }, false},
		"added":        {`initial_variables = { n = "a" }`, func(v map[string]any) { v["page"] = "/" }, false},
		"added to {}":  {`initial_variables = {}`, nil, false},
		"not managed":  {``, nil, false},
		"not shown":    {gold, func(v map[string]any) { v["tier"] = "silver" }, true},
		"only written": {`initial_variables = { n = "a" }`, func(map[string]any) {}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t, func(q *mockhub.Quirks) { q.SessionEcho = !c.hidden })
			if name == "number" {
				e.ThroughCLI()
			}
			later := resource.TestStep{Config: e.config(c.arguments), ConfigPlanChecks: planned(plancheck.ResourceActionNoop), PreConfig: func() {
				e.Clock().Advance(time.Minute)
				e.EditSession(e.sole(t).UUID, func(s *mockhub.Session) {
					if c.edit == nil {
						s.InitialVariables = map[string]any{"page": "/"}
					} else {
						c.edit(s.InitialVariables)
					}
				})
			}}
			e.run(t, resource.TestStep{Config: e.config(c.arguments)}, later, resource.TestStep{Config: e.config(c.arguments), ConfigPlanChecks: planned(plancheck.ResourceActionNoop)})
		})
	}
}

// TestMessagesMoveModifiedAt: a message causes no diff. The resource keeps its modified_at, and the data source has the new one.
func TestMessagesMoveModifiedAt(t *testing.T) {
	t.Parallel()
	e := start(t)
	refreshed := e.config() + "output \"kept\" { value = " + address + ".modified_at }\n" +
		"data \"aichatbothub_session\" \"t\" { id = " + address + ".id }\noutput \"now\" { value = data.aichatbothub_session.t.modified_at }\n"
	at := func(output string, want func(mockhub.Session) time.Time) statecheck.StateCheck {
		return statecheck.ExpectKnownOutputValue(output, knownvalue.StringFunc(func(v string) error {
			if s := e.sole(t); v != want(s).Format(stampForm) || !s.ModifiedAt.After(s.CreatedAt) {
				return fmt.Errorf("it is %s, want %s", v, want(s))
			}
			return nil
		}))
	}
	e.run(t, resource.TestStep{Config: refreshed}, resource.TestStep{
		PreConfig: func() {
			e.Clock().Advance(time.Hour)
			e.AddMessage(e.sole(t).UUID, mockhub.Message{Query: "Hello?"})
		},
		Config: refreshed, ConfigPlanChecks: planned(plancheck.ResourceActionNoop),
		ConfigStateChecks: []statecheck.StateCheck{at("kept", func(s mockhub.Session) time.Time { return s.CreatedAt }),
			at("now", func(s mockhub.Session) time.Time { return s.ModifiedAt })},
	})
}

// TestGone deletes the session, then its chatbot, out of band, under every status that a deleted uuid may get.
func TestGone(t *testing.T) {
	t.Parallel()
	for _, status := range []int{404, 400, 403, 422} {
		t.Run(fmt.Sprint(status), func(t *testing.T) {
			t.Parallel()
			e := start(t, func(q *mockhub.Quirks) { q.UnknownStatus = status })
			config := e.Config("resource \"aichatbothub_chatbot\" \"b\" { name = \"B\" }\n" + session("aichatbothub_chatbot.b.id", gold))
			home := func() string {
				for _, bot := range e.Chatbots() {
					if bot.Name == "B" {
						return bot.UUID
					}
				}
				t.Fatal("the chatbot is not there")
				return ""
			}
			e.run(t, resource.TestStep{Config: config}, resource.TestStep{
				PreConfig: func() { e.RemoveSession(e.Sessions(home())[0].UUID) },
				Config:    config, ConfigPlanChecks: planned(plancheck.ResourceActionCreate),
			}, resource.TestStep{
				PreConfig: func() { e.RemoveChatbot(home()) },
				Config:    config, ConfigPlanChecks: planned(plancheck.ResourceActionCreate),
			}, resource.TestStep{ // the delete is processed, its answer is lost, and the next try meets an unknown uuid
				PreConfig: func() { e.Inject(mockhub.Fault{Route: remove, Process: true, Status: http.StatusBadGateway}) },
				Config:    config, Destroy: true,
			})
			if left := e.FaultsLeft(); left != 0 {
				t.Errorf("%d faults were not met", left)
			}
		})
	}
}

// TestWrongAnswers: a wrong answer does not remove a session from the state.
func TestWrongAnswers(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]mockhub.Fault{
		"403": {Status: 403}, "400": {Status: 400}, "401": {Status: 401, Body: `{"msg":"no"}`}, "500": {Status: 500}, "HTML": {HTML: true}, "HTML 404": {HTML: true, Status: 404},
		"null": {Body: `null`}, "no uuid": {Body: `{}`}, "another one": {Body: `{"uuid":"` + unknownID + `"}`}, "truncated": {Truncate: 40, Times: 5},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t)
			config := e.config(gold)
			e.run(t, resource.TestStep{Config: config}, resource.TestStep{
				PreConfig: func() { fault.Route = fetch; e.Inject(fault) }, Config: config, ExpectError: regexp.MustCompile("Unable to read session"),
			}, resource.TestStep{Config: config, ConfigPlanChecks: planned(plancheck.ResourceActionNoop)})
		})
	}
}
