package source_test

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// pageReadings are the types and the forms of addresses in which a service may list web pages.
func pageReadings() map[string]func(*mockhub.Quirks) {
	readings := map[string]func(*mockhub.Quirks){}
	for kind, forms := range map[string][]string{"": {"", "slash", "no_slash", "lower_host", "no_scheme"}, "url": {"", "no_scheme"}, "video": {"", "slash", "no_scheme"}} {
		for _, form := range forms {
			readings[kind+" "+form] = func(q *mockhub.Quirks) { q.LinkType, q.AddressForm = kind, form }
		}
	}
	return readings
}

// pages are addresses of two pages, each in forms that are equal.
var pages = [][]string{
	{`url = "https://Example.com/Hours/"`, `url = "https://example.COM/Hours"`, `url = "HTTPS://example.com:443/%48ours/"`},
	{`url = "https://example.com/Hours?day=1"`, `url = "https://example.com/Hours/?day=1"`},
}

// nothingWritten checks that no request but GET was sent.
func nothingWritten(e *acctest.Env) resource.TestCheckFunc {
	return func(*terraform.State) error {
		var errs []error
		for _, r := range e.Requests() {
			if r.Method != "GET" {
				errs = append(errs, fmt.Errorf("%s was sent", r.Route))
			}
		}
		return errors.Join(errs...)
	}
}

// TestPageReadings makes, changes and trains a web page under each reading of its type and of its address. The address in another form is no
// change, and another address replaces the source.
func TestPageReadings(t *testing.T) {
	t.Parallel()
	for name, quirk := range pageReadings() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t, quirk)
			chatbot := e.SeedChatbot()
			none(t, e, chatbot)
			const title = `title = "Mine"`
			trigger := func(v string) string { return `retrain_triggers = { v = "` + v + `" }` }
			steps := []resource.TestStep{
				{Config: e.Config(source(chatbot, pages[0][0], trigger("1"))), ConfigStateChecks: []statecheck.StateCheck{has("url", knownvalue.StringExact("https://Example.com/Hours/")), has("file", knownvalue.Null()), has("qa", knownvalue.Null())}},
				{Config: e.Config(source(chatbot, pages[0][0], trigger("1"), title)), ConfigPlanChecks: planned(plancheck.ResourceActionUpdate), Check: e.ExpectCount(update, 1)},
				{PreConfig: e.Forget, Config: e.Config(source(chatbot, pages[0][0], trigger("2"), title)), ConfigPlanChecks: planned(plancheck.ResourceActionUpdate), Check: func(*terraform.State) error {
					if s := only(t, e, chatbot); s.Trainings != 2 {
						return fmt.Errorf("%d trainings, want 2", s.Trainings)
					}
					return nil
				}},
			}
			for _, page := range pages[0] {
				steps = append(steps, resource.TestStep{PreConfig: e.Forget, Config: e.Config(source(chatbot, page, trigger("2"), title)), ConfigPlanChecks: planned(plancheck.ResourceActionNoop), Check: nothingWritten(e)})
			}
			for _, page := range []string{pages[1][0], `url = "http://example.com/Hours?day=1"`, `url = "http://example.com/Hours?day=2"`, `url = "http://example.com/hours?day=2"`} {
				steps = append(steps, resource.TestStep{Config: e.Config(source(chatbot, page, trigger("2"), title)), ConfigPlanChecks: planned(plancheck.ResourceActionDestroyBeforeCreate)})
			}
			e.Test(t, steps...)
		})
	}
}

// TestPageImport imports a web page under each reading: the plan is empty, however the configuration writes the address, or stores the address
// where the service shows neither the type nor the form of one.
func TestPageImport(t *testing.T) {
	t.Parallel()
	for name, quirk := range pageReadings() {
		for i, page := range pages[0] {
			if i > 0 && name != "video slash" && name != " no_scheme" {
				continue // the forms that a configuration can have are the same for all readings
			}
			t.Run(fmt.Sprint(name, " ", i), func(t *testing.T) {
				t.Parallel()
				e := acctest.Start(t, quirk)
				chatbot := e.SeedChatbot()
				none(t, e, chatbot)
				id := e.AddSource(chatbot, mockhub.Source{Type: "link", FileName: "https://Example.com/Hours", Status: "success"})
				action := plancheck.ResourceActionNoop
				if name == "video no_scheme" {
					action = plancheck.ResourceActionUpdate
				}
				imported := fmt.Sprintf("import {\n to = %s\n id = \"%s/%s\"\n}\n", address, chatbot, id)
				e.Test(t, resource.TestStep{Config: e.Config(source(chatbot, page) + imported), ConfigPlanChecks: planned(action), Check: nothingWritten(e), ConfigStateChecks: []statecheck.StateCheck{has("file", knownvalue.Null())}},
					resource.TestStep{PreConfig: e.Forget, Config: e.Config(source(chatbot, pages[0][(i+1)%len(pages[0])])), ConfigPlanChecks: planned(plancheck.ResourceActionNoop), Check: nothingWritten(e)},
					resource.TestStep{Config: e.Config(source(chatbot, pages[1][0])), ConfigPlanChecks: planned(plancheck.ResourceActionDestroyBeforeCreate)})
			})
		}
	}
}

// TestPageThroughCLI: Terraform accepts the prior writing of an address as the planned one.
func TestPageThroughCLI(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t, pageReadings()["video slash"])
	e.ThroughCLI()
	chatbot := e.SeedChatbot()
	id := e.AddSource(chatbot, mockhub.Source{Type: "link", FileName: "https://Example.com/Hours", Status: "success"})
	imported := fmt.Sprintf("import {\n to = %s\n id = \"%s/%s\"\n}\n", address, chatbot, id)
	e.Test(t, resource.TestStep{Config: e.Config(source(chatbot, pages[0][2]) + imported), ConfigPlanChecks: planned(plancheck.ResourceActionNoop), Check: nothingWritten(e)},
		resource.TestStep{Config: e.Config(source(chatbot, pages[1][0])), ConfigPlanChecks: planned(plancheck.ResourceActionDestroyBeforeCreate)})
}

// TestPageConflict: the error of a create names the existing page in whatever form and type the service shows it, and shows no more of it
// than its host.
func TestPageConflict(t *testing.T) {
	t.Parallel()
	for name, quirk := range pageReadings() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t, quirk)
			chatbot := e.SeedChatbot()
			id := e.AddSource(chatbot, mockhub.Source{Type: "link", FileName: "https://example.com/c4nary?key=c4nary", Status: "success"})
			e.Test(t, resource.TestStep{Config: e.Config(source(chatbot, `url = "https://example.com/c4nary?key=c4nary"`)), ExpectError: regexp.MustCompile(`(?s)The\s+existing\s+source\s+is\s+"https://example.com/…"\s+\(` + id + `\)`)})
			s, diags := e.Server(t), ""
			for _, d := range s.Create("aichatbothub_source", acctest.Strings(map[string]string{"chatbot_id": chatbot, "url": "https://example.com/c4nary?key=c4nary"}), func() {}) {
				diags += d.Summary + d.Detail
			}
			if !strings.Contains(diags, id) || strings.Contains(diags, "c4nary") {
				t.Errorf("%s", diags)
			}
		})
	}
}

// TestEqualAddresses: two resources with addresses in forms that may be equal for the service are a warning, because it may refuse the second.
func TestEqualAddresses(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		first, second string
		warns         bool
	}{
		"slash":         {"https://example.com/c4nary", "https://example.com/c4nary/", true},
		"scheme":        {"https://example.com/c4nary", "http://example.com/c4nary", false},
		"another page":  {"https://example.com/c4nary", "https://example.com/c4nary2", false},
		"another query": {"https://example.com/?c4nary", "https://example.com/?c4nary=1", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t)
			s, chatbot := e.Server(t), e.SeedChatbot()
			var warnings []string
			for _, url := range []string{c.first, c.second, c.first} { // the first one is planned twice, as in an apply
				_, diags := s.Plan("aichatbothub_source", acctest.Strings(map[string]string{"chatbot_id": chatbot, "url": url}))
				for _, d := range diags {
					warnings = append(warnings, d.Severity.String()+" "+d.Summary+": "+d.Detail)
				}
			}
			text := strings.Join(warnings, "\n")
			if got := strings.Contains(text, "WARNING Duplicate address"); got != c.warns || strings.Contains(text, "c4nary") {
				t.Errorf("warnings %q", warnings)
			}
		})
	}
}

// TestLostPage: a page whose create was processed without an answer is found in the list, whatever its type and its form there.
func TestLostPage(t *testing.T) {
	t.Parallel()
	for name, quirk := range pageReadings() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t, quirk)
			chatbot := e.SeedChatbot()
			none(t, e, chatbot)
			e.Inject(mockhub.Fault{Route: link, Process: true, Status: 500})
			e.Test(t, resource.TestStep{Config: e.Config(source(chatbot, pages[0][0])), Check: e.ExpectCount(link, 1)})
		})
	}
}

// TestPageDataSource: a page is found by its address in each form, and is a page in the state of the data source.
func TestPageDataSource(t *testing.T) {
	t.Parallel()
	for name, quirk := range pageReadings() {
		if name == "video no_scheme" {
			continue // nothing shows that it is a page
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t, quirk)
			chatbot := e.SeedChatbot()
			id := e.AddSource(chatbot, mockhub.Source{Type: "link", FileName: "https://example.com/Hours", Status: "success"})
			e.AddSource(chatbot, mockhub.Source{Type: "link", FileName: "https://example.com/hours", Status: "success"})
			config := fmt.Sprintf("data \"aichatbothub_source\" \"t\" {\n  chatbot_id = %q\n  file_name = \"https://Example.com/Hours/\"\n}\n", chatbot)
			shown := func(name string, v knownvalue.Check) statecheck.StateCheck {
				return statecheck.ExpectKnownValue("data.aichatbothub_source.t", tfjsonpath.New(name), v)
			}
			e.Test(t, resource.TestStep{Config: e.Config(config), ConfigStateChecks: []statecheck.StateCheck{
				shown("id", knownvalue.StringExact(id)), shown("url", knownvalue.StringRegexp(regexp.MustCompile(`^https://example\.com/Hours/?$`))),
				shown("file_name", knownvalue.StringExact("https://Example.com/Hours/"))}})
		})
	}
}
