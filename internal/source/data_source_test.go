package source_test

import (
	"fmt"
	"regexp"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// library is a chatbot with four sources, two of one name, which only the web app can make.
func library(t *testing.T) (e *acctest.Env, chatbot, page, faq, twin1, twin2 string) {
	t.Helper()
	e = acctest.Start(t, func(q *mockhub.Quirks) { q.SourceOrderRandom, q.SourceNumbersAsStrings = true, true })
	chatbot = e.SeedChatbot()
	made := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	page = e.AddSource(chatbot, mockhub.Source{Type: "link", FileName: "https://example.com/a", Title: "A page", Status: "success", Tokens: 7, CreatedAt: made})
	faq = e.AddSource(chatbot, mockhub.Source{Type: "qa", Question: "Open?", Answer: "Yes.", Status: "error:token", CreatedAt: made.Add(time.Second)})
	twin1 = e.AddSource(chatbot, mockhub.Source{Type: "google-drive", FileName: "Plan", FileSize: 12, Status: "success", CreatedAt: made.Add(time.Minute)})
	twin2 = e.AddSource(chatbot, mockhub.Source{Type: "upload", FileName: "Plan", Status: "running", CreatedAt: made.Add(time.Hour)})
	return e, chatbot, page, faq, twin1, twin2
}

func TestDataSource(t *testing.T) {
	t.Parallel()
	e, chatbot, page, faq, twin1, twin2 := library(t)
	e.ThroughCLI()
	data := func(arguments string) string {
		return e.Config(fmt.Sprintf("data \"aichatbothub_source\" \"t\" {\n chatbot_id = %q\n %s\n}", chatbot, arguments))
	}
	want := func(path tfjsonpath.Path, v knownvalue.Check) statecheck.StateCheck {
		return statecheck.ExpectKnownValue("data.aichatbothub_source.t", path, v)
	}
	fails := func(arguments, pattern string) resource.TestStep {
		return resource.TestStep{Config: data(arguments), PlanOnly: true, ExpectError: regexp.MustCompile(pattern)}
	}
	e.Test(t,
		resource.TestStep{Config: data(`file_name = "https://example.com/a"`), ConfigStateChecks: []statecheck.StateCheck{
			want(tfjsonpath.New("id"), knownvalue.StringExact(page)), want(tfjsonpath.New("url"), knownvalue.StringExact("https://example.com/a")), want(tfjsonpath.New("qa"), knownvalue.Null()),
			want(tfjsonpath.New("trained"), knownvalue.Bool(true)), want(tfjsonpath.New("tokens"), knownvalue.Int64Exact(7)), want(tfjsonpath.New("title"), knownvalue.StringExact("A page"))}},
		resource.TestStep{Config: data(`id = "` + faq + `"`), ConfigStateChecks: []statecheck.StateCheck{
			want(tfjsonpath.New("qa").AtMapKey("answer"), knownvalue.StringExact("Yes.")), want(tfjsonpath.New("trained"), knownvalue.Bool(false)), want(tfjsonpath.New("status"), knownvalue.StringExact("error:token"))}},
		fails(`file_name = "Plan"`, `(?s)2 sources.*id = "`+twin1+`".*id = "`+twin2+`"`),
		fails(`file_name = "plan"`, `(?s)has\s+4\s+sources,\s+and\s+none\s+with\s+the\s+file_name\s+"plan".*The\s+most\s+similar\s+name\s+is\s+"Plan"`),
		fails(``, `Exactly one of these attributes`),
		resource.TestStep{Config: e.Config("")},
	)
}

func TestListDataSource(t *testing.T) {
	t.Parallel()
	e, chatbot, page, faq, twin1, twin2 := library(t)
	ids := func(arguments string, want ...string) resource.TestStep {
		at := tfjsonpath.New("sources")
		checks := []statecheck.StateCheck{statecheck.ExpectKnownValue("data.aichatbothub_sources.t", at, knownvalue.ListSizeExact(len(want)))}
		for i, id := range want {
			checks = append(checks, statecheck.ExpectKnownValue("data.aichatbothub_sources.t", at.AtSliceIndex(i).AtMapKey("id"), knownvalue.StringExact(id)))
		}
		return resource.TestStep{Config: e.Config(fmt.Sprintf("data \"aichatbothub_sources\" \"t\" {\n chatbot_id = %q\n %s\n}", chatbot, arguments)), ConfigStateChecks: checks}
	}
	e.Test(t, ids(``, page, faq, twin1, twin2), ids(`type = "qa"`, faq), ids(`status = "success"`, page, twin1), ids(`name_regex = "^Pl"`, twin1, twin2), ids(`type = "video"`),
		resource.TestStep{Config: e.Config(`data "aichatbothub_sources" "t" { chatbot_id = "00000000000000000000000000000000" }`), ExpectError: regexp.MustCompile(`(?s)Chatbot not found.*0{32}`)})
}

func TestIdentity(t *testing.T) {
	t.Parallel()
	e, chatbot, page, _, twin1, _ := library(t)
	s := e.Server(t)
	for id, kind := range map[string]string{page: "link", twin1: "google-drive"} {
		state, identity, diags := s.Import("aichatbothub_source", map[string]string{"chatbot_id": chatbot, "id": id})
		s.Clean(diags)
		for name, v := range acctest.Strings(map[string]string{"id": id, "chatbot_id": chatbot}) {
			if !state[name].Equal(v) || !identity[name].Equal(v) {
				t.Errorf("%s is %s in the state and %s in the identity, want %s", name, state[name], identity[name], v)
			}
		}
		if want := acctest.Strings(map[string]string{"type": kind}); !state["type"].Equal(want["type"]) {
			t.Errorf("type %s, want %s", state["type"], kind)
		}
	}
}

// TestIdentityThroughCLI needs a Terraform that supports identity.
func TestIdentityThroughCLI(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t)
	chatbot := e.SeedChatbot()
	resource.Test(t, resource.TestCase{
		TerraformVersionChecks:   []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_12_0)},
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{
			{Config: e.Config(source(chatbot, question)), ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectIdentityValueMatchesState(address, tfjsonpath.New("id"))}},
			{ResourceName: address, ImportState: true, ImportStateKind: resource.ImportBlockWithResourceIdentity},
		},
	})
}

// TestIncompleteLists: an incomplete list does not remove a source from the state.
func TestIncompleteLists(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]mockhub.Fault{"404": {Status: 404}, "403": {Status: 403}, "HTML": {HTML: true}, "truncated": {Truncate: 40, Times: 5}, "null": {Body: `null`}, "no uuid": {Body: `[{"title": "x"}]`}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t)
			config := e.Config(source(e.SeedChatbot(), question))
			e.Test(t, resource.TestStep{Config: config}, resource.TestStep{PreConfig: func() { fault.Route = list; e.Inject(fault) }, Config: config, ExpectError: regexp.MustCompile("Unable to read source")},
				resource.TestStep{Config: config, PlanOnly: true})
		})
	}
}
