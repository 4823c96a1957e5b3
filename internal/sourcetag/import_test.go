package sourcetag_test

import (
	"fmt"
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

// TestImport imports a source tag that exists: by plain and by dashed ids, with and without its sources, with an empty plan.
func TestImport(t *testing.T) {
	t.Parallel()
	for name, form := range map[string]func(string) string{"plain": func(id string) string { return id }, "dashed": dashed} {
		for _, managed := range []bool{true, false} {
			t.Run(fmt.Sprintf("%s, managed %t", name, managed), func(t *testing.T) {
				t.Parallel()
				e := start(t)
				id := e.AddTag(e.chatbot, mockhub.SourceTag{Name: "Policies", Color: "#0071F9", DataSourceUUIDs: []string{e.two, e.one}})
				arguments := []string{named, blue}
				if managed {
					arguments = append(arguments, on(e.one, e.two))
				}
				e.run(t, resource.TestStep{
					Config:           importInto(form(e.chatbot)+"/"+form(id)) + e.config(arguments...),
					ConfigPlanChecks: planned(plancheck.ResourceActionNoop), Check: e.ExpectBodies(update), ConfigStateChecks: []statecheck.StateCheck{sources(e.one, e.two)},
				})
			})
		}
	}
}

func TestImportErrors(t *testing.T) {
	t.Parallel()
	id := strings.Repeat("0", 32)
	for name, c := range map[string]struct{ id, want string }{
		"one part":    {id, `(?s)has\s+one\s+part.*<chatbot_id>/<id>.*here\s+"<chatbot_id>/0{32}"`},
		"three parts": {id + "/" + id + "/" + id, `(?s)has\s+3\s+parts.*<chatbot_id>/<id>`},
		"not an id":   {id + "/Policies", `(?s)In\s+the\s+place\s+of\s+<id>,\s+"Policies"\s+contains.*<chatbot_id>/<id>`},
		"no chatbot":  {id + "/" + id, `(?s)Nothing to import.*Chatbot\s+[0-9a-f]{32}\s+has\s+no\s+source\s+tag\s+with\s+the\s+id\s+0{32}\.`},
		"no such tag": {"here/" + id, `(?s)Nothing to import.*Chatbot\s+[0-9a-f]{32}\s+has\s+no\s+source\s+tag\s+with\s+the\s+id\s+0{32}\.`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t)
			e.run(t, resource.TestStep{Config: importInto(strings.Replace(c.id, "here", e.chatbot, 1)) + e.config(named, blue), PlanOnly: true, ExpectError: regexp.MustCompile(c.want)})
		})
	}
}

// TestIdentity is below the CLI, so that it runs with any Terraform.
func TestIdentity(t *testing.T) {
	t.Parallel()
	e := start(t)
	id := e.AddTag(e.chatbot, mockhub.SourceTag{Name: "Policies", Color: "#0071f9"})
	s := e.Server(t)
	state, identity, diags := s.Import("aichatbothub_source_tag", map[string]string{"chatbot_id": e.chatbot, "id": id})
	s.Clean(diags)
	want := acctest.Strings(map[string]string{"chatbot_id": e.chatbot, "id": id, "name": "Policies", "color": "#0071f9"})
	for name, v := range want {
		if !state[name].Equal(v) {
			t.Errorf("%s = %s after an import by identity, want %s", name, state[name], v)
		}
	}
	for _, name := range []string{"chatbot_id", "id"} {
		if !identity[name].Equal(want[name]) {
			t.Errorf("the identity's %s is %s, want %s", name, identity[name], want[name])
		}
	}
	for _, chatbot := range []string{e.chatbot, strings.Repeat("0", 32)} {
		if state, _, diags := s.Import("aichatbothub_source_tag", map[string]string{"chatbot_id": chatbot, "id": strings.Repeat("0", 32)}); state != nil || len(diags) != 1 || diags[0].Summary != "Nothing to import" {
			t.Errorf("a source tag that is not there: state %v, diagnostics %v, want an error", state, diags)
		}
	}
	if _, _, diags := s.Import("aichatbothub_source_tag", map[string]string{"chatbot_id": e.chatbot, "id": dashed(id)}); len(diags) != 1 || !strings.Contains(diags[0].Detail, "32 lower-case") {
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
			{Config: e.config(named, blue, on(e.one)), ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectIdentity(address, map[string]knownvalue.Check{"chatbot_id": knownvalue.StringExact(e.chatbot), "id": knownvalue.StringRegexp(regexp.MustCompile(`^[0-9a-f]{32}$`))}),
				statecheck.ExpectIdentityValueMatchesState(address, tfjsonpath.New("id")),
			}},
			{ResourceName: address, ImportState: true, ImportStateKind: resource.ImportBlockWithResourceIdentity},
		},
	})
}
