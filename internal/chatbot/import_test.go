package chatbot_test

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

// TestImport imports a bot that exists: by a plain and by a dashed id, with an empty plan.
func TestImport(t *testing.T) {
	t.Parallel()
	for name, form := range map[string]func(string) string{"plain": func(id string) string { return id }, "dashed": dashed,
		"widget": func(id string) string { return " https://app.aichatbothub.com/widget/" + id + "?x=y#z" }} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t)
			id := e.AddChatbot(mockhub.Chatbot{Name: "Support", Visibility: "public", RateLimitMessages: 7, RateLimitSeconds: 90, RateLimitMessage: "Slow down", ShowCitations: true})
			e.Test(t, resource.TestStep{
				Config:           e.Config("import {\n to = aichatbothub_chatbot.t\n id = \"" + form(id) + "\"\n}\n" + bot(full...)),
				ConfigPlanChecks: planned(plancheck.ResourceActionNoop), Check: e.ExpectCount(update, 0),
			})
		})
	}
}

func TestImportErrors(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ id, want string }{
		"not an id": {"Support", `(?s)"Support"\s+is\s+not\s+an\s+import\s+id\.\s+It\s+contains.*Write\s+it\s+as\s+<id>`},
		"two parts": {"43474da7ae3b4b7191ee29c2de798257/43474da7ae3b4b7191ee29c2de798257", `(?s)has\s+2\s+parts.*<id>`},
		"a path":    {"../../agent/models", `(?s)parts.*<id>`},
		"missing":   {"43474da7ae3b4b7191ee29c2de798257", `(?s)Nothing to import.*no\s+chatbot\s+with\s+the\s+id\s+43474da7ae3b4b7191ee29c2de798257\.\s+It\s+may`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t)
			e.Test(t, resource.TestStep{Config: e.Config("import {\n to = aichatbothub_chatbot.t\n id = \"" + c.id + "\"\n}\n" + bot(named)),
				PlanOnly: true, ExpectError: regexp.MustCompile(c.want)})
		})
	}
}

// TestIdentityThroughCLI needs a Terraform that supports identity; TestIdentity covers identity without the CLI.
func TestIdentityThroughCLI(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t)
	resource.Test(t, resource.TestCase{
		TerraformVersionChecks:   []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_12_0)},
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{
			{Config: e.Config(bot(full...)), ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectIdentity(address, map[string]knownvalue.Check{"id": knownvalue.StringRegexp(regexp.MustCompile(`^[0-9a-f]{32}$`))}),
				statecheck.ExpectIdentityValueMatchesState(address, tfjsonpath.New("id")),
			}},
			{ResourceName: address, ImportState: true, ImportStateKind: resource.ImportBlockWithResourceIdentity},
		},
	})
}

func TestIdentity(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t)
	id := e.AddChatbot(mockhub.Chatbot{Name: "Support", Visibility: "public"})
	s := e.Server(t)

	state, identity, diags := s.Import("aichatbothub_chatbot", map[string]string{"id": id})
	s.Clean(diags)
	want := acctest.Strings(map[string]string{"id": id, "name": "Support", "visibility": "public"})
	for name := range want {
		if !state[name].Equal(want[name]) {
			t.Errorf("%s = %s after an import by identity, want %s", name, state[name], want[name])
		}
	}
	if !identity["id"].Equal(want["id"]) {
		t.Errorf("identity %v, want %s", identity, id)
	}

	if state, _, diags := s.Import("aichatbothub_chatbot", map[string]string{"id": strings.Repeat("0", 32)}); state != nil || len(diags) != 1 || diags[0].Summary != "Nothing to import" {
		t.Errorf("a chatbot that is not there: state %v, diagnostics %v, want an error", state, diags)
	}
	if _, _, diags := s.Import("aichatbothub_chatbot", map[string]string{"id": dashed(id)}); len(diags) != 1 || !strings.Contains(diags[0].Detail, "32 lower-case") {
		t.Errorf("an identity is the service's own form of an id, got %v", diags)
	}
}
