package message_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
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

// TestImport imports a message that exists, by plain and by dashed ids: an empty plan, and nothing is asked.
func TestImport(t *testing.T) {
	t.Parallel()
	for name, form := range map[string]func(string) string{"plain": func(id string) string { return id }, "dashed": dashed} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t)
			e.AddMessage(e.session, mockhub.Message{Query: "When do you open?"})
			id := e.AddMessage(e.session, mockhub.Message{Query: "When do you open?", Response: "Never."})
			e.Test(t, resource.TestStep{
				Config: importInto(form(e.session)+"/"+form(id)) + e.config(opening), ConfigPlanChecks: planned(plancheck.ResourceActionNoop),
				ConfigStateChecks: append(answers("Never."), has("triggers", knownvalue.Null())), Check: e.spent(0),
			}, resource.TestStep{
				Config: e.config(opening, `triggers = { a = "1" }`), ConfigPlanChecks: planned(plancheck.ResourceActionUpdate), Check: e.spent(0),
			})
			if left := e.sole(t); left.UUID == id {
				t.Error("the destroy deleted the other message")
			}
		})
	}
}

// TestImportTriggers: an import records the triggers of the configuration in place.
func TestImportTriggers(t *testing.T) {
	t.Parallel()
	e := start(t)
	id := e.AddMessage(e.session, mockhub.Message{Query: "When do you open?"})
	e.run(t, resource.TestStep{
		Config: importInto(e.session+"/"+id) + e.config(opening, `triggers = { a = "1" }`), ConfigPlanChecks: planned(plancheck.ResourceActionUpdate), Check: e.spent(0),
	}, resource.TestStep{Config: e.config(opening, `triggers = { a = "1" }`), ConfigPlanChecks: planned(plancheck.ResourceActionNoop), Check: e.spent(0)})
}

func TestImportErrors(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ id, want string }{
		"one part":        {unknownID, `(?s)It\s+has\s+one\s+part.*<session_id>/<id>`},
		"three parts":     {unknownID + "/" + unknownID + "/" + unknownID, `(?s)It\s+has\s+3\s+parts.*<session_id>/<id>`},
		"not an id":       {unknownID + "/first", `(?s)In\s+the\s+place\s+of\s+<id>,\s+"first"\s+contains.*<session_id>/<id>`},
		"no session":      {unknownID + "/" + unknownID, `(?s)Nothing to import.*Session\s+0{32}\s+has\s+no\s+message\s+with\s+the\s+id\s+0{32}\.`},
		"no such message": {"here/" + unknownID, `(?s)Nothing to import.*Session\s+[0-9a-f]{32}\s+has\s+no\s+message\s+with\s+the\s+id\s+0{32}\.\s+It\s+may\s+have\s+been\s+deleted,\s+or\s+belong\s+to\s+another\s+session\.`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t)
			e.run(t, resource.TestStep{Config: importInto(strings.Replace(c.id, "here", e.session, 1)) + e.config(opening), PlanOnly: true, ExpectError: regexp.MustCompile(c.want)})
		})
	}
}

// TestIdentity is below the CLI, so that it runs with any Terraform.
func TestIdentity(t *testing.T) {
	t.Parallel()
	e := start(t)
	id := e.AddMessage(e.session, mockhub.Message{Query: "Why?", Response: "Because."})
	s := e.Server(t)
	state, identity, diags := s.Import("aichatbothub_message", map[string]string{"session_id": e.session, "id": id})
	s.Clean(diags)
	want := acctest.Strings(map[string]string{"session_id": e.session, "id": id, "query": "Why?", "response": "Because.", "finish_reason": "stop"})
	for name, v := range want {
		if !state[name].Equal(v) {
			t.Errorf("%s = %s after an import by identity, want %s", name, state[name], v)
		}
	}
	for _, name := range []string{"session_id", "id"} {
		if !identity[name].Equal(want[name]) {
			t.Errorf("the identity's %s is %s, want %s", name, identity[name], want[name])
		}
	}
	for _, session := range []string{e.session, unknownID} {
		if state, _, diags := s.Import("aichatbothub_message", map[string]string{"session_id": session, "id": unknownID}); state != nil || len(diags) != 1 || diags[0].Summary != "Nothing to import" {
			t.Errorf("a message that is not there: state %v, diagnostics %v, want an error", state, diags)
		}
	}
	if _, _, diags := s.Import("aichatbothub_message", map[string]string{"session_id": e.session, "id": dashed(id)}); len(diags) != 1 || !strings.Contains(diags[0].Detail, "32 lower-case") {
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
			{Config: e.config(opening), ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectIdentity(address, map[string]knownvalue.Check{"session_id": knownvalue.StringExact(e.session), "id": knownvalue.StringRegexp(regexp.MustCompile(`^[0-9a-f]{32}$`))}),
				statecheck.ExpectIdentityValueMatchesState(address, tfjsonpath.New("id")),
			}},
			{ResourceName: address, ImportState: true, ImportStateKind: resource.ImportBlockWithResourceIdentity},
		},
	})
}
