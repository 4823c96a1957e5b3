package answertest_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
)

// TestPasses: a create asks each case once and leaves no session, a second plan is empty, and an update asks what is new, changed, or triggered.
func TestPasses(t *testing.T) {
	t.Parallel()
	e := start(t)
	e.fix()
	more := both + "\n" + `turns = { ask = ["When do you open?", "Can plants be returned?"], not_contains = ["tea"], cites = ["returns.md"], max_chars = 60 }`
	e.Test(t,
		resource.TestStep{Config: e.config(both), ConfigPlanChecks: planned(plancheck.ResourceActionCreate, unknown("answers"), unknown("missed"), unknown("passed"), unknown("sessions")),
			ConfigStateChecks: append(allPass, keys("answers", "hours", "returns"), statecheck.ExpectKnownValue(address, tfjsonpath.New("answers").AtMapKey("hours"), knownvalue.StringExact(hours))), Check: e.spent(2, 0)},
		resource.TestStep{Config: e.config(both), PlanOnly: true},
		resource.TestStep{PreConfig: func() {
			if n := e.Count(send) + e.Count(open) + e.Count(costs); n > 0 {
				t.Errorf("plans sent %d requests", n)
			}
		}, Config: e.config(more), ConfigPlanChecks: planned(plancheck.ResourceActionUpdate, known("missed", noMiss), known("passed", isTrue),
			plancheck.ExpectUnknownValue(address, tfjsonpath.New("answers").AtMapKey("turns")), plancheck.ExpectKnownValue(address, tfjsonpath.New("answers").AtMapKey("hours"), knownvalue.StringExact(hours))),
			ConfigStateChecks: append(allPass, keys("answers", "hours", "returns", "turns")), Check: e.spent(2, 0)},
		resource.TestStep{Config: e.config(strings.Replace(both, "30 days", "days", 1)), ConfigStateChecks: append(allPass, keys("answers", "hours", "returns")), Check: e.spent(1, 0)},
		resource.TestStep{Config: e.config(opening), ConfigStateChecks: append(allPass, keys("answers", "hours")), Check: e.spent(0, 0)},
		resource.TestStep{Config: e.config(opening, `triggers = { prompt = "a" }`), Check: e.spent(0, 0)},
		resource.TestStep{Config: e.config(opening, `triggers = { prompt = "b" }`), ConfigStateChecks: allPass, Check: e.spent(1, 0)},
		resource.TestStep{Config: e.config(opening, `triggers = { prompt = "b" }`, "confirm = 2", "max_credits = 0", `on_miss = "warning"`), ConfigStateChecks: allPass, Check: e.spent(0, 0)},
		resource.TestStep{Config: e.config(opening, `triggers = { prompt = "b" }`, `variables = { tier = "gold" }`), ConfigStateChecks: allPass, Check: e.spent(1, 0)},
	)
	if n := len(e.Sessions(e.chatbot)); n > 0 {
		t.Errorf("%d sessions are left", n)
	}
}

// TestOtherWriting: white space around questions and texts makes no difference, but in a regular expression it does.
func TestOtherWriting(t *testing.T) {
	t.Parallel()
	e := start(t)
	a := func(ask, contains, matches string) string {
		return fmt.Sprintf("a = { ask = [%q], contains = [%q], matches = %q }", ask, contains, matches)
	}
	const question = "When do you open?"
	e.Test(t,
		resource.TestStep{Config: e.config(a(question, "nine", "at")), ConfigStateChecks: allPass, Check: e.spent(1, 0)},
		resource.TestStep{Config: e.config(a(" "+question+"\r\n", "nine\n", "at")), PlanOnly: true},
		resource.TestStep{Config: e.config(a(question, "nine", "at ")), ConfigStateChecks: allPass, Check: e.spent(1, 0)},
	)
}

// TestMissOnCreate: a miss is an error with all that one needs to know; the test is tainted, and the delete of the tainted one deletes the kept
// session. Everything is asked again.
func TestMissOnCreate(t *testing.T) {
	t.Parallel()
	e := start(t)
	e.Test(t,
		resource.TestStep{Config: e.config(both), ExpectError: words("Error: Answer test missed", "cases = {", `Case "returns": 0 of 1 try passed.`, "Question:", "Can books be returned?", "Answer:", "Books can be returned within 20 days.",
			`contains: the answer does not contain "30 days". The nearest is "20 days".`, "is kept, so that its transcript can be read in the web app", held, correct, "is in the state and tainted")},
		resource.TestStep{PreConfig: func() {
			if err := e.spent(2, 1)(nil); err != nil {
				t.Error(err)
			}
			e.fix()
		}, Config: e.config(both), ConfigPlanChecks: planned(plancheck.ResourceActionDestroyBeforeCreate), ConfigStateChecks: allPass, Check: e.spent(2, 0)},
	)
}

// TestMissOnUpdate: a miss of an update taints nothing. What passed is in the state, and the next apply asks only what missed.
func TestMissOnUpdate(t *testing.T) {
	t.Parallel()
	e := start(t)
	again := func(trigger string) string { return e.config(both, `triggers = { a = "`+trigger+`" }`) }
	kept := ""
	e.fix()
	e.Test(t,
		resource.TestStep{Config: again("1"), ConfigStateChecks: allPass, Check: e.spent(2, 0)},
		resource.TestStep{PreConfig: func() {
			e.EditSource(e.source, broken)
		}, Config: again("2"), ExpectError: words("Error: Answer test missed", `Case "returns"`, held, correct, "The next apply asks the case again.")},
		resource.TestStep{PreConfig: func() {
			if err := e.spent(2, 1)(nil); err != nil {
				t.Fatal(err)
			}
			kept = e.Sessions(e.chatbot)[0].UUID
		}, Config: again("2"), ExpectError: words("Error: Answer test missed", `Case "returns"`), ConfigPlanChecks: planned(plancheck.ResourceActionUpdate, unknown("sessions"))},
		resource.TestStep{PreConfig: func() {
			if err := e.spent(1, 1)(nil); err != nil {
				t.Fatal(err)
			}
			if e.Sessions(e.chatbot)[0].UUID == kept {
				t.Error("the session of the first miss was not replaced")
			}
			e.fix()
		}, Config: again("2"), ConfigPlanChecks: planned(plancheck.ResourceActionUpdate, known("missed", noMiss), known("passed", isTrue),
			plancheck.ExpectKnownValue(address, tfjsonpath.New("answers").AtMapKey("hours"), knownvalue.StringExact(hours))), ConfigStateChecks: allPass, Check: e.spent(1, 0)},
	)
}

// TestWarning: with on_miss = "warning" the apply succeeds and the state has what is wrong. The next apply asks again, and the removal of the case
// and the destroy delete its session.
func TestWarning(t *testing.T) {
	t.Parallel()
	for name, last := range map[string]func(e *env) resource.TestStep{
		"destroyed": func(e *env) resource.TestStep { return resource.TestStep{Config: e.Config("")} },
		"removed": func(e *env) resource.TestStep {
			return resource.TestStep{Config: e.config(opening, `on_miss = "warning"`), ConfigPlanChecks: planned(plancheck.ResourceActionUpdate, known("passed", isTrue)), ConfigStateChecks: allPass, Check: e.spent(0, 0)}
		},
		"gone": func(e *env) resource.TestStep {
			return resource.TestStep{PreConfig: func() {
				for _, s := range e.Sessions(e.chatbot) {
					e.RemoveSession(s.UUID)
				}
			}, Config: e.Config("")}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t)
			missed := statecheck.ExpectKnownValue(address, tfjsonpath.New("missed").AtMapKey("returns"), knownvalue.StringExact(`contains: the answer does not contain "30 days". The nearest is "20 days"`))
			check := []statecheck.StateCheck{state("passed", knownvalue.Bool(false)), missed, keys("missed", "returns"), keys("sessions", "returns"), keys("answers", "hours", "returns")}
			e.Test(t,
				resource.TestStep{Config: e.config(both, `on_miss = "warning"`), ConfigStateChecks: check, Check: e.spent(2, 1), ExpectNonEmptyPlan: true},
				resource.TestStep{Config: e.config(both, `on_miss = "warning"`), ConfigPlanChecks: planned(plancheck.ResourceActionUpdate, unknown("missed"), unknown("passed")), ConfigStateChecks: check, Check: e.spent(1, 1), ExpectNonEmptyPlan: true},
				last(e),
			)
			if err := e.left(0); err != nil {
				t.Error(err)
			}
		})
	}
}
