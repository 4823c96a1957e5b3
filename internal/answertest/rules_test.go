package answertest_test

import (
	"regexp"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// TestBadInput: what is wrong is an error at plan, with the name of the case. Nothing is asked.
func TestBadInput(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		cases, argument string
		want            *regexp.Regexp
	}{
		"no case":            {"", "", words("Error: Missing case", "cases is empty")},
		"no expectation":     {`a = { ask = ["When?"] }`, "", words("Error: Missing expectation", `Case "a": no attribute says what is expected of the answer. Set at least one of contains, not_contains`)},
		"empty expectations": {`a = { ask = ["When?"], contains = [] }`, "", words("Error: Missing expectation", `Case "a"`)},
		"blank expectation":  {`a = { ask = ["When?"], contains = [" "] }`, "", words("Error: Empty expectation", `Case "a": contains has a text that is empty`)},
		"blank source":       {`a = { ask = ["When?"], cites = [" "] }`, "", words("Error: Empty expectation", `Case "a": cites has a text that is empty or has only white space, which expects nothing`)},
		"empty expression":   {`a = { ask = ["When?"], matches = "" }`, "", words("Error: Empty expectation", `Case "a": matches is empty, and an empty regular expression matches every answer.`)},
		"empty prohibition":  {`a = { ask = ["When?"], contains = ["a"], not_matches = "" }`, "", words("Error: Empty expectation", `Case "a": not_matches is empty`)},
		"no question":        {`a = { ask = [], contains = ["a"] }`, "", words("Error: Empty question", `Case "a"`)},
		"blank question":     {`a = { ask = ["When?", " \n"], contains = ["a"] }`, "", words("Error: Empty question", `Case "a"`)},
		"bad expression":     {`b = { ask = ["When?"], matches = "(9" }`, "", words("Error: Invalid regular expression", `Case "b": matches is not a valid regular expression: missing closing ). The syntax is RE2.`)},
		"bad look-ahead":     {`b = { ask = ["When?"], not_matches = "(?=9)" }`, "", words("Error: Invalid regular expression", `Case "b": not_matches`, "invalid or unsupported Perl syntax")},
		"confirm":            {opening, "confirm = 9", words("Error: Invalid Attribute Value", "confirm", "between 0 and 5")},
		"max_chars":          {`a = { ask = ["When?"], max_chars = 0 }`, "", words("Error: Invalid Attribute Value", "max_chars", "at least 1")},
		"on_miss":            {opening, `on_miss = "ignore"`, words("Error: Invalid Attribute Value Match", "on_miss", `"error" "warning"`)},
		"null case":          {`a = null`, "", words("Error: Null element")},
		"null question":      {`a = { ask = [null], contains = ["a"] }`, "", words("Error: Null element")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t)
			e.Test(t, resource.TestStep{Config: e.config(c.cases, c.argument), ExpectError: c.want, PlanOnly: true}, resource.TestStep{Config: e.Config("")})
			if n := e.Count(send); n > 0 {
				t.Errorf("%d questions", n)
			}
		})
	}
}

// TestCredits: a run whose estimate is above max_credits asks nothing, and says what it would cost. A price that is not known is not guessed.
func TestCredits(t *testing.T) {
	t.Parallel()
	models := func(model string, enabled bool) func(e *env) {
		return func(e *env) {
			e.Keep(e.AddAgent(e.chatbot, mockhub.Agent{Type: "user-facing", Model: model, Enabled: enabled}))
		}
	}
	two := `turns = { ask = ["When do you open?", "And?"], max_chars = 999 }` + "\n" + opening
	for name, c := range map[string]struct {
		quirk  func(*mockhub.Quirks)
		before func(e *env)
		limit  string
		want   *regexp.Regexp // nil if the run may ask
	}{
		"above":     {nil, models("gpt-5-8k", true), "max_credits = 29", words("Error: Too many credits", "max_credits = 29", `3 questions in 2 cases cost an estimated 30 credits. The price of a question to the model "gpt-5-8k" is 10 credits. max_credits is 29, so nothing was asked. With confirm = 2, the run costs up to 90 credits if every case misses.`)},
		"as much":   {nil, models("gpt-5-8k", true), "max_credits = 30", nil},
		"disabled":  {nil, models("gpt-5-8k", false), "max_credits = 29", nil},
		"unlisted":  {func(q *mockhub.Quirks) { q.AcceptsAnyModel = true }, models("new-8k", true), "max_credits = 50", words("Error: Credits not known", `the service lists no price of the model "new-8k"`, "nothing was asked", "aichatbothub_models")},
		"no prices": {func(q *mockhub.Quirks) { q.ModelCostsMissing = "404" }, func(*env) {}, "max_credits = 50", words("Error: Credits not known", "GET /agent/model-costs", "404", "nothing was asked", "Not every deployment lists the prices of models.")},
		"no limit":  {func(q *mockhub.Quirks) { q.ModelCostsMissing = "page" }, func(*env) {}, "", nil},
		"any model": {func(q *mockhub.Quirks) { q.AcceptsAnyModel = true }, models("new-8k", true), "", nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t, func(q *mockhub.Quirks) {
				if c.quirk != nil {
					c.quirk(q)
				}
			})
			c.before(e)
			config := e.config(two, c.limit, "confirm = 2")
			if c.want == nil {
				e.Test(t, resource.TestStep{Config: config, ConfigStateChecks: allPass, Check: e.spent(3, 0)})
				return
			}
			e.Test(t, resource.TestStep{Config: config, ExpectError: c.want}, resource.TestStep{Config: config, PlanOnly: true, ExpectNonEmptyPlan: true, ConfigPlanChecks: resource.ConfigPlanChecks{}})
			if n := e.Count(open) + e.Count(send); n > 0 {
				t.Errorf("%d requests", n)
			}
		})
	}
}

// TestCites: a source is named by its file name, title, id or address, whatever parts of a citation a deployment has.
func TestCites(t *testing.T) {
	t.Parallel()
	for name, quirk := range map[string]func(*mockhub.Quirks){"all parts": func(*mockhub.Quirks) {}, "ids": func(q *mockhub.Quirks) { q.CitationParts = "id" }, "names": func(q *mockhub.Quirks) { q.CitationParts = "names" }} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t, quirk)
			cases := `returns = { ask = ["Can books be returned?"], cites = ["returns.md", "How to return", "` + e.source + `"] }`
			e.Test(t, resource.TestStep{Config: e.config(cases), ConfigStateChecks: allPass, Check: resource.ComposeTestCheckFunc(e.ExpectCount("GET /chatbot/{uuid}/data-sources", 1), e.spent(1, 0))})
		})
	}
	for name, c := range map[string]struct {
		quirk func(*mockhub.Quirks)
		cites string
		want  *regexp.Regexp
	}{
		"another":  {nil, "delivery.md", words("Error: Answer test missed", `cites: the answer does not cite "delivery.md". It cites "returns.md"`)},
		"hidden":   {func(q *mockhub.Quirks) { q.CitationsOnlyShown = true }, "returns.md", words("Error: Answer test missed", `cites: the answer cites nothing, so not "returns.md"`, "show_citations")},
		"no forms": {func(q *mockhub.Quirks) { q.CitationsOnlyShown, q.CiteDataEmpty = true, "absent" }, "returns.md", words("Error: Answer test missed", "cites nothing")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t, func(q *mockhub.Quirks) {
				if c.quirk != nil {
					c.quirk(q)
				}
			})
			e.Test(t, resource.TestStep{Config: e.config(`returns = { ask = ["Can books be returned?"], cites = ["` + c.cites + `"] }`), ExpectError: c.want})
		})
	}
}

// TestReadings: every reading of the answers of messages and sessions gives the same result.
func TestReadings(t *testing.T) {
	t.Parallel()
	for name, quirk := range map[string]func(*mockhub.Quirks){
		"as documented": func(*mockhub.Quirks) {}, "short": func(q *mockhub.Quirks) { q.MessageShort = true }, "stored first": func(q *mockhub.Quirks) { q.MessageStoredFirst = true },
		"null errors": func(q *mockhub.Quirks) { q.MessageErrorNull = true }, "echo": func(q *mockhub.Quirks) { q.SessionEcho, q.SessionVariablesTyped = true, true },
		"newest first": func(q *mockhub.Quirks) { q.ListNewestFirst = true }, "unknown is 400": func(q *mockhub.Quirks) { q.UnknownStatus = 400 }, "unknown is 403": func(q *mockhub.Quirks) { q.UnknownStatus = 403 },
		"no dates": func(q *mockhub.Quirks) { q.DateMissing = true }, "numbers as texts": func(q *mockhub.Quirks) { q.NumbersAsStrings = true }, "second delete": func(q *mockhub.Quirks) { q.SecondDeleteSucceeds = true },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t, quirk)
			arguments := []string{`on_miss = "warning"`, `variables = { tier = "gold", age = "7" }`, "max_credits = 1000"}
			e.Test(t,
				resource.TestStep{Config: e.config(both, arguments...), ExpectNonEmptyPlan: true, Check: resource.ComposeTestCheckFunc(
					e.ExpectBodies(open, `{"initial_variables":{"age":"7","tier":"gold"}}`, `{"initial_variables":{"age":"7","tier":"gold"}}`), e.spent(2, 1))},
				resource.TestStep{PreConfig: func() {
					for _, s := range e.Sessions(e.chatbot) {
						e.RemoveSession(s.UUID)
					}
					e.fix()
				}, Config: e.config(both, arguments...), ConfigPlanChecks: planned(plancheck.ResourceActionUpdate), ConfigStateChecks: allPass, Check: e.spent(1, 0)},
			)
		})
	}
}

// TestUnknownTriggers: through Terraform, triggers that are unknown in the plan and turn out the same ask nothing, and values of a case that are
// unknown are asked in the apply.
func TestUnknownTriggers(t *testing.T) {
	t.Parallel()
	e := start(t)
	e.ThroughCLI()
	e.fix()
	config := func(input, question string) string {
		return e.Config(`resource "terraform_data" "other" {
  input = "` + input + `"
}
` + e.block(`hours = { ask = ["`+question+`"], contains = ["nine"] }`, `triggers = { prompt = length(terraform_data.other.output) > 0 ? "x" : "y" }`))
	}
	e.Test(t,
		resource.TestStep{Config: config("1", "When do you open?"), ConfigStateChecks: allPass, Check: e.spent(1, 0)},
		resource.TestStep{Config: config("2", "When do you open?"), ConfigPlanChecks: planned(plancheck.ResourceActionUpdate, unknown("sessions")), ConfigStateChecks: allPass, Check: e.spent(0, 0)},
		resource.TestStep{Config: config("3", "When do you open ${terraform_data.other.output}?"), ConfigPlanChecks: planned(plancheck.ResourceActionUpdate, plancheck.ExpectUnknownValue(address, tfjsonpath.New("answers").AtMapKey("hours"))), ConfigStateChecks: allPass, Check: e.spent(1, 0)},
	)
}
