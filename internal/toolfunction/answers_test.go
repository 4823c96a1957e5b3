package toolfunction_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

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
		resource.TestStep{Config: e.config(with(required, "headers", `{ "X-Shop" = "south" }`)...), ExpectError: regexp.MustCompile(`(?s)does\s+not\s+return\s+the\s+secret\s+ones.*secret_headers_wo`)},
		resource.TestStep{Config: e.config(with(required, "headers", `{ "X-Shop" = "south" }`, "secret_headers_wo", "{}")...), Check: e.stores(t, "X-Shop", "south")},
	)
}

// TestHeadersAdded: the service keeps a header that the configuration removed. A warning says so, and the next plan shows it again.
func TestHeadersAdded(t *testing.T) {
	t.Parallel()
	e := start(t, func(q *mockhub.Quirks) { q.HeadersMerge = true })
	fewer := e.config(with(required, "headers", `{ "X-Shop" = "south" }`)...)
	e.Test(t,
		resource.TestStep{Config: e.config(with(required, "headers", `{ "X-Shop" = "north", "X-Region" = "1" }`)...)},
		resource.TestStep{Config: fewer, ExpectNonEmptyPlan: true, Check: e.stores(t, "X-Shop", "south", "X-Region", "1"),
			ConfigStateChecks: []statecheck.StateCheck{value("headers", headers("X-Shop", "south"))}},
		resource.TestStep{PreConfig: func() { e.SetQuirks(func(q *mockhub.Quirks) { q.HeadersMerge = false }) }, Config: fewer, Check: e.stores(t, "X-Shop", "south")},
	)
}
