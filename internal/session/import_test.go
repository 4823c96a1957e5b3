package session_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// dashed writes an id the way other tools show it.
func dashed(id string) string {
	return strings.ToUpper(strings.Join([]string{id[:8], id[8:12], id[12:16], id[16:20], id[20:]}, "-"))
}

func importInto(id string) string {
	return "import {\n to = " + address + "\n id = \"" + id + "\"\n}\n"
}

// TestImport imports a session that exists, by plain and by dashed ids. Without variables the plan is empty; else, and where the lists do not
// say which chatbot it is in, the apply records what the import could not read, and sends nothing.
func TestImport(t *testing.T) {
	t.Parallel()
	both := func(e *env, id string) string { return e.chatbot + "/" + id }
	alone := func(_ *env, id string) string { return id }
	for name, c := range map[string]struct {
		id        func(e *env, id string) string
		arguments string
		action    plancheck.ResourceActionType
		unlisted  bool // lists fail
		routes    []string
	}{
		"both":                 {both, "", plancheck.ResourceActionNoop, false, []string{fetch}},
		"dashed":               {func(e *env, id string) string { return " " + dashed(e.chatbot) + "/" + dashed(id) + "/ " }, "", plancheck.ResourceActionNoop, false, []string{fetch}},
		"both, with variables": {both, gold, plancheck.ResourceActionUpdate, false, []string{fetch}},
		"id":                   {alone, "", plancheck.ResourceActionNoop, false, []string{fetch, "GET /chatbots", list}},
		"dashed id, variables": {func(_ *env, id string) string { return dashed(id) }, gold, plancheck.ResourceActionUpdate, false, []string{fetch, "GET /chatbots", list}},
		"id, not listed":       {alone, "", plancheck.ResourceActionUpdate, true, []string{fetch, "GET /chatbots", list}},
	} {
		for _, shows := range []bool{true, false} {
			t.Run(fmt.Sprintf("%s, shown %t", name, shows), func(t *testing.T) {
				t.Parallel()
				e := start(t, func(q *mockhub.Quirks) { q.SessionEcho, q.SessionVariablesTyped = shows, true })
				id := e.AddSession(e.chatbot, mockhub.Session{InitialVariables: map[string]any{"tier": "gold", "orders": "12"}, ModifiedAt: e.Clock().Now().AddDate(1, 0, 0)})
				stays := knownvalue.StringExact(e.sole(t).ModifiedAt.Format(stampForm))
				if c.unlisted {
					e.Inject(mockhub.Fault{Route: list, Status: 403, Times: -1})
				}
				reads := func(*terraform.State) error {
					for _, r := range e.Requests() {
						if !slices.Contains(c.routes, r.Route) {
							return fmt.Errorf("%s was sent, want %q and no other", r.Route, c.routes)
						}
					}
					if looked := e.Count(list) > 0; looked != (len(c.routes) > 1) {
						return fmt.Errorf("the chatbot was looked for: %t", looked)
					}
					return nil
				}
				e.run(t, resource.TestStep{
					Config: importInto(c.id(e, id)) + e.config(c.arguments), Check: reads,
					ConfigPlanChecks:  planned(c.action, plancheck.ExpectKnownValue(address, tfjsonpath.New("modified_at"), stays)),
					ConfigStateChecks: []statecheck.StateCheck{has("id", knownvalue.StringExact(id)), has("chatbot_id", knownvalue.StringExact(e.chatbot)), has("modified_at", stays)},
				}, resource.TestStep{Config: e.config(c.arguments), ConfigPlanChecks: planned(plancheck.ResourceActionNoop), Check: reads})
			})
		}
	}
}

// TestRecordedIsManaged: what was recorded after an import is from then on compared, and replaces the session when it changes.
func TestRecordedIsManaged(t *testing.T) {
	t.Parallel()
	silver := `initial_variables = { tier = "silver" }`
	for _, shows := range []bool{true, false} {
		t.Run(fmt.Sprintf("shown %t", shows), func(t *testing.T) {
			t.Parallel()
			e := start(t, func(q *mockhub.Quirks) { q.SessionEcho = shows })
			id := e.AddSession(e.chatbot, mockhub.Session{InitialVariables: map[string]any{"tier": "gold"}})
			e.run(t, resource.TestStep{
				Config: importInto(e.chatbot+"/"+id) + e.config(),
			}, resource.TestStep{ // a service that shows them says at the next refresh that it has others
				Config: e.config(silver), ConfigPlanChecks: planned(plancheck.ResourceActionUpdate), ExpectNonEmptyPlan: shows, Check: e.sent(),
			}, resource.TestStep{
				Config: e.config(`initial_variables = { tier = "bronze" }`), ConfigPlanChecks: planned(plancheck.ResourceActionDestroyBeforeCreate),
				Check: e.sent(`{"initial_variables":{"tier":"bronze"}}`),
			})
		})
	}
}

func TestImportErrors(t *testing.T) {
	t.Parallel()
	form := `(?s)Invalid import id.*%s.*Write\s+it\s+as\s+<chatbot_id>/<id>,\s+or\s+as\s+<id>\s+alone`
	for name, c := range map[string]struct{ id, want string }{
		"three parts":   {unknownID + "/" + unknownID + "/" + unknownID, fmt.Sprintf(form, `It\s+has\s+3\s+parts`)},
		"not an id":     {unknownID + "/first", fmt.Sprintf(form, `In\s+the\s+place\s+of\s+<id>,\s+"first"`)},
		"no id":         {"first", fmt.Sprintf(form, `It\s+contains\s+'i'`)},
		"no chatbot id": {"Support/" + unknownID, fmt.Sprintf(form, `In\s+the\s+place\s+of\s+<chatbot_id>,\s+"Support"`)},
		"a path":        {"../" + unknownID, fmt.Sprintf(form, `In\s+the\s+place\s+of\s+<chatbot_id>,\s+".."`)},
		"no such one":   {"here/" + unknownID, `(?s)Nothing to import.*Chatbot\s+[0-9a-f]{32}\s+has\s+no\s+session\s+with\s+the\s+id\s+0{32}\.`},
		"none at all":   {unknownID, `(?s)Nothing to import.*The\s+account\s+has\s+no\s+session\s+with\s+the\s+id\s+0{32}\.`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t)
			e.run(t, resource.TestStep{Config: importInto(strings.Replace(c.id, "here", e.chatbot, 1)) + e.config(), PlanOnly: true, ExpectError: regexp.MustCompile(c.want)})
		})
	}
}

// TestIdentity is below the CLI, so that it runs with any Terraform.
func TestIdentity(t *testing.T) {
	t.Parallel()
	e := start(t, echo)
	id := e.AddSession(e.chatbot, mockhub.Session{InitialVariables: map[string]any{"tier": "gold"}})
	s := e.Server(t)
	state, identity, diags := s.Import("aichatbothub_session", map[string]string{"id": id})
	s.Clean(diags)
	want := acctest.Strings(map[string]string{"id": id, "chatbot_id": e.chatbot})
	if !state["id"].Equal(want["id"]) || !state["chatbot_id"].Equal(want["chatbot_id"]) || !state["initial_variables"].IsNull() || state["created_at"].IsNull() {
		t.Errorf("the state is %v after an import by identity, want the id %s, the chatbot %s and no variables", state, id, e.chatbot)
	}
	if len(identity) != 1 || !identity["id"].Equal(want["id"]) {
		t.Errorf("the identity is %v, want the id %s alone", identity, id)
	}
	if state, _, diags := s.Import("aichatbothub_session", map[string]string{"id": unknownID}); state != nil || len(diags) != 1 || diags[0].Summary != "Nothing to import" {
		t.Errorf("a session that is not there: state %v, diagnostics %v, want an error", state, diags)
	}
	if _, _, diags := s.Import("aichatbothub_session", map[string]string{"id": dashed(id)}); len(diags) != 1 || !strings.Contains(diags[0].Detail, "32 lower-case") {
		t.Errorf("an identity is the service's own form of an id, got %v", diags)
	}
}

// TestIdentityThroughCLI needs a Terraform that supports identity; TestIdentity covers identity without the CLI.
func TestIdentityThroughCLI(t *testing.T) {
	t.Parallel()
	e := start(t)
	resource.Test(t, resource.TestCase{
		TerraformVersionChecks:   []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_12_0)},
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{
			{Config: e.config(), ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectIdentity(address, map[string]knownvalue.Check{"id": knownvalue.StringRegexp(regexp.MustCompile(`^[0-9a-f]{32}$`))}),
				statecheck.ExpectIdentityValueMatchesState(address, tfjsonpath.New("id")),
			}},
		},
	})
}
