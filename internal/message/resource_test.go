package message_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/compare"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

func TestAnswer(t *testing.T) {
	t.Parallel()
	e := start(t)
	e.ThroughCLI()
	stamp := knownvalue.StringRegexp(regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$`))
	cited := knownvalue.ListExact([]knownvalue.Check{knownvalue.ObjectExact(map[string]knownvalue.Check{
		"key": knownvalue.StringExact("1.1"), "source_id": knownvalue.StringExact(e.source), "text": knownvalue.StringExact(hours),
		"title": knownvalue.NotNull(), "file_name": knownvalue.NotNull(), "type": knownvalue.StringExact("qa"),
	})})
	e.run(t, resource.TestStep{
		Config: e.config(opening),
		ConfigPlanChecks: planned(plancheck.ResourceActionCreate, plancheck.ExpectUnknownValue(address, tfjsonpath.New("response")),
			plancheck.ExpectUnknownValue(address, tfjsonpath.New("citations"))),
		ConfigStateChecks: append(answers(hours), has("id", knownvalue.StringRegexp(regexp.MustCompile(`^[0-9a-f]{32}$`))),
			has("session_id", knownvalue.StringExact(e.session)), has("query", knownvalue.StringExact("When do you open?")), has("citations", cited),
			has("created_at", stamp), has("modified_at", stamp), has("triggers", knownvalue.Null())),
		Check: e.spent(1),
	}, importOK, resource.TestStep{Config: e.config(opening), ConfigPlanChecks: planned(plancheck.ResourceActionNoop), Check: e.spent(1)})
}

func TestNoCitations(t *testing.T) {
	t.Parallel()
	e := start(t)
	e.run(t, resource.TestStep{
		Config: e.config(who, `triggers = { sources = "1" }`), ConfigStateChecks: append(answers(mockhub.NoAnswer), has("citations", knownvalue.ListExact(nil)),
			has("triggers", knownvalue.MapExact(map[string]knownvalue.Check{"sources": knownvalue.StringExact("1")}))),
	})
}

// TestLargeAnswer: 64 kB with emoji and newlines survive.
func TestLargeAnswer(t *testing.T) {
	t.Parallel()
	e := start(t)
	large := strings.Repeat("Grüße 👩‍👩‍👧‍👦🏳️‍🌈 – 日本語 ${a} %{b} \"c\"\r\n\n", 1000)
	e.EditSource(e.source, func(s *mockhub.Source) { s.Answer = large })
	e.run(t, resource.TestStep{Config: e.config(opening), ConfigStateChecks: answers(large)}, importOK)
}

// TestRequestsOfACreate: a message in a new session is one question and one list, and nothing else.
func TestRequestsOfACreate(t *testing.T) {
	t.Parallel()
	e := start(t)
	e.run(t, resource.TestStep{Config: e.managed(opening), Check: resource.ComposeTestCheckFunc(
		e.ExpectCount(send, 1), e.ExpectCount(list, 1), e.ExpectCount("POST /chatbot/{uuid}/session/create", 1), e.ExpectCount("", 3))})
}

// TestSameText: messages with the same text in one session are distinguished, one after the other and in parallel.
func TestSameText(t *testing.T) {
	t.Parallel()
	e := start(t)
	one := e.config(opening)
	many := e.Config(strings.Replace(message(`"`+e.session+`"`, opening), "{", "{\n  count = 5", 1)) + "moved {\n  from = " + address + "\n  to = " + address + "[0]\n}\n"
	apart := statecheck.CompareValue(compare.ValuesDiffer())
	var checks []statecheck.StateCheck
	for i := range 5 {
		at := fmt.Sprintf("%s[%d]", address, i)
		checks = append(checks, statecheck.ExpectKnownValue(at, tfjsonpath.New("response"), knownvalue.StringExact(hours)), apart.AddStateValue(at, tfjsonpath.New("id")))
	}
	e.run(t, resource.TestStep{Config: one}, resource.TestStep{
		Config: many, ConfigStateChecks: checks,
		Check: resource.ComposeTestCheckFunc(e.spent(5), func(*terraform.State) error {
			if n := len(e.Messages(e.session)); n != 5 {
				return fmt.Errorf("%d messages", n)
			}
			return nil
		}),
	})
}

// TestReplaced: a changed question is sent, and the old message is deleted.
func TestReplaced(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		before, after func(*env) string
		spent         int
	}{
		"query":    {with(opening), with(who), 2},
		"its case": {with(opening), with(`query = "when do you open?"`), 2},
		"session_id": {with(opening), func(e *env) string {
			return e.Config(message(fmt.Sprintf("%q", e.AddSession(e.chatbot, mockhub.Session{})), opening))
		}, 2},
		"a trigger":  {with(opening, `triggers = { a = "1", b = "2" }`), with(opening, `triggers = { a = "1", b = "3" }`), 2},
		"one less":   {with(opening, `triggers = { a = "1", b = "2" }`), with(opening, `triggers = { a = "1" }`), 2},
		"no trigger": {with(opening, `triggers = { a = "1" }`), with(opening), 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t)
			e.run(t, resource.TestStep{Config: c.before(e)}, resource.TestStep{
				Config: c.after(e), ConfigPlanChecks: planned(plancheck.ResourceActionDestroyBeforeCreate, plancheck.ExpectUnknownValue(address, tfjsonpath.New("response"))), Check: e.spent(c.spent),
			})
		})
	}
}

// TestReplacedInANewSession: a session that the same run creates has no id in the plan, so the message is replaced by the next run.
func TestReplacedInANewSession(t *testing.T) {
	t.Parallel()
	e := start(t)
	e.run(t, resource.TestStep{Config: e.config(opening)},
		resource.TestStep{Config: e.managed(opening), ExpectError: words("Parent changed after the plan", "session_id", "Apply again")},
		resource.TestStep{Config: e.managed(opening), ConfigPlanChecks: planned(plancheck.ResourceActionDestroyBeforeCreate,
			plancheck.ExpectUnknownValue(address, tfjsonpath.New("response"))), Check: e.spent(2)},
	)
}

func with(arguments ...string) func(*env) string {
	return func(e *env) string { return e.config(arguments...) }
}

// TestRecorded: the first triggers that are written are recorded in place, and nothing is sent but what a refresh reads.
func TestRecorded(t *testing.T) {
	t.Parallel()
	e := start(t)
	recorded := resource.TestStep{
		PreConfig: e.Forget, Config: e.config(opening, `triggers = { a = "1" }`), ConfigPlanChecks: planned(plancheck.ResourceActionUpdate,
			plancheck.ExpectKnownValue(address, tfjsonpath.New("modified_at"), knownvalue.NotNull()), plancheck.ExpectKnownValue(address, tfjsonpath.New("response"), knownvalue.StringExact(hours))),
		Check: resource.ComposeTestCheckFunc(e.spent(1), func(*terraform.State) error {
			if e.Count("") != e.Count(list) {
				return fmt.Errorf("requests besides lists: %v", e.Requests())
			}
			return nil
		}),
	}
	e.run(t, resource.TestStep{Config: e.config(opening)}, recorded,
		resource.TestStep{Config: e.config(opening, `triggers = { a = "1" }`), ConfigPlanChecks: planned(plancheck.ResourceActionNoop)},
		resource.TestStep{Config: e.config(opening, `triggers = { a = "2" }`), ConfigPlanChecks: planned(plancheck.ResourceActionDestroyBeforeCreate)})
}

// TestGone deletes the message, then its session, then the chatbot, out of band, under every status an unknown uuid may get.
func TestGone(t *testing.T) {
	t.Parallel()
	for _, status := range []int{404, 400, 403, 422} {
		t.Run(fmt.Sprint(status), func(t *testing.T) {
			t.Parallel()
			e := start(t, func(q *mockhub.Quirks) { q.UnknownStatus = status })
			e.RemoveSession(e.session)
			sole := func() string {
				sessions := e.Sessions(e.chatbot)
				if len(sessions) != 1 {
					t.Fatalf("%d sessions", len(sessions))
				}
				return sessions[0].UUID
			}
			anew := planned(plancheck.ResourceActionCreate)
			both := planned(plancheck.ResourceActionCreate, plancheck.ExpectResourceAction("aichatbothub_session.t", plancheck.ResourceActionCreate))
			config := e.managed(opening)
			e.run(t, resource.TestStep{Config: config}, resource.TestStep{
				PreConfig: func() { e.RemoveMessage(e.Messages(sole())[0].UUID) }, Config: config, ConfigPlanChecks: anew, Check: e.spent(2),
			}, resource.TestStep{
				PreConfig: func() { e.RemoveSession(sole()) }, Config: config, ConfigPlanChecks: both, Check: e.spent(3), ConfigStateChecks: answers(hours),
			}, resource.TestStep{ // the delete is processed, its answer is lost, and the next try meets an unknown uuid
				PreConfig: func() { e.Inject(mockhub.Fault{Route: remove, Process: true, Status: http.StatusBadGateway}) }, Config: config, Destroy: true,
			})
			if left := e.FaultsLeft(); left != 0 {
				t.Errorf("%d faults were not met", left)
			}
		})
	}
}

// TestDrift: an answer that changed at the service is shown and makes no diff; another question is one.
func TestDrift(t *testing.T) {
	t.Parallel()
	e := start(t)
	e.ThroughCLI()
	edit := func(f func(*mockhub.Message)) func() { return func() { e.EditMessage(e.sole(t).UUID, f) } }
	e.run(t, resource.TestStep{Config: e.config(opening)}, resource.TestStep{
		PreConfig: edit(func(m *mockhub.Message) {
			m.Response, m.FinishReason, m.ErrorMessage, m.Citations = "Edited.", "length", "odd", nil
		}),
		Config: e.config(opening), ConfigPlanChecks: planned(plancheck.ResourceActionNoop), Check: e.spent(1),
		ConfigStateChecks: []statecheck.StateCheck{has("response", knownvalue.StringExact("Edited.")), has("finish_reason", knownvalue.StringExact("length")),
			has("error_message", knownvalue.StringExact("odd")), has("citations", knownvalue.ListExact(nil))},
	}, resource.TestStep{
		PreConfig: edit(func(m *mockhub.Message) { m.Query = " When do you open?\n" }), Config: e.config(opening), ConfigPlanChecks: planned(plancheck.ResourceActionNoop),
	}, resource.TestStep{
		PreConfig: edit(func(m *mockhub.Message) { m.Query = "When do you close?" }), Config: e.config(opening),
		ConfigPlanChecks: planned(plancheck.ResourceActionDestroyBeforeCreate), ConfigStateChecks: answers(hours), Check: e.spent(2),
	})
}

// TestIncompleteLists: an incomplete list does not remove a message from the state, so no question is sent again.
func TestIncompleteLists(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]mockhub.Fault{
		"404": {Status: 404}, "403": {Status: 403}, "HTML": {HTML: true}, "null": {Body: `null`}, "truncated": {Truncate: 40, Times: 5}, "shrunk": {Body: `[]`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t)
			config := e.config(opening)
			lie := resource.TestStep{PreConfig: func() { fault.Route = list; e.Inject(fault) }, Config: config}
			if name == "shrunk" {
				lie.ConfigPlanChecks = planned(plancheck.ResourceActionNoop)
			} else {
				lie.ExpectError = regexp.MustCompile("Unable to read message")
			}
			e.run(t, resource.TestStep{Config: config}, lie, resource.TestStep{Config: config, ConfigPlanChecks: planned(plancheck.ResourceActionNoop), Check: e.spent(1)})
		})
	}
}
