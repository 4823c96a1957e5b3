package source_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// kinds has an argument for each kind of source.
var kinds = map[string]string{"file": `file = { content = "Hello", name = "a.txt" }`, "qa": question, "url": `url = "https://example.com/a"`}

// otherKinds has another argument for each kind.
var otherKinds = map[string]string{"file": `file = { content = "Bye", name = "a.txt" }`, "qa": `qa = { question = "Where?", answer = "Here." }`, "url": `url = "https://example.com/b"`}

// knownLink checks that a plan has a known link.
type knownLink struct{}

// CheckPlan implements plancheck.PlanCheck.
func (knownLink) CheckPlan(_ context.Context, req plancheck.CheckPlanRequest, resp *plancheck.CheckPlanResponse) {
	after, _ := req.Plan.ResourceChanges[0].Change.After.(map[string]any)
	if link, _ := after["reference_source_link"].(string); link == "" {
		resp.Error = fmt.Errorf("the planned link is %v", after["reference_source_link"])
	}
}

func invents(q *mockhub.Quirks) { q.LinksInvented = true }

// TestInventedLink: a link of the service that the configuration does not have is in the state and never a change, also when the source is
// trained again. A link in the configuration is managed, and one that is removed from it is kept.
func TestInventedLink(t *testing.T) {
	t.Parallel()
	for kind, argument := range kinds {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t, invents)
			chatbot := e.SeedChatbot()
			none(t, e, chatbot)
			const mine = `reference_source_link = "https://example.com/mine"`
			invented := func() knownvalue.Check {
				if kind == "url" {
					return knownvalue.StringExact("https://example.com/a")
				}
				return knownvalue.StringFunc(func(link string) error {
					if want := "https://cited.example.com/" + only(t, e, chatbot).UUID; link != want {
						return fmt.Errorf("the link is %q, want %q", link, want)
					}
					return nil
				})
			}
			link := func(v knownvalue.Check) []statecheck.StateCheck {
				return []statecheck.StateCheck{has("reference_source_link", v)}
			}
			config := func(arguments ...string) string {
				return e.Config(source(chatbot, append([]string{argument}, arguments...)...))
			}
			known := resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, plancheck.ResourceActionUpdate), knownLink{}}}
			e.Test(t,
				resource.TestStep{Config: config(`retrain_triggers = { v = "1" }`), ConfigStateChecks: link(invented())},
				resource.TestStep{Config: config(`retrain_triggers = { v = "2" }`), ConfigPlanChecks: known, ConfigStateChecks: link(invented())},
				resource.TestStep{Config: config(`retrain_triggers = { v = "2" }`, `title = "T"`), ConfigPlanChecks: planned(plancheck.ResourceActionUpdate), ConfigStateChecks: link(invented())},
				resource.TestStep{Config: config(`title = "T"`, mine), ConfigPlanChecks: planned(plancheck.ResourceActionDestroyBeforeCreate), ConfigStateChecks: link(knownvalue.StringExact("https://example.com/mine"))},
				resource.TestStep{PreConfig: e.Forget, Config: config(`title = "T"`), ConfigPlanChecks: planned(plancheck.ResourceActionNoop), Check: nothingWritten(e), ConfigStateChecks: link(knownvalue.StringExact("https://example.com/mine"))},
				resource.TestStep{PreConfig: e.Forget, Config: config(`title = "T"`, mine), ConfigPlanChecks: planned(plancheck.ResourceActionNoop), Check: nothingWritten(e)},
				resource.TestStep{Config: config(`title = "T"`, `reference_source_link = "https://example.com/other"`), ConfigPlanChecks: planned(plancheck.ResourceActionDestroyBeforeCreate)},
				// A new source has a link of its own.
				resource.TestStep{Config: e.Config(source(chatbot, otherKinds[kind])), ConfigPlanChecks: planned(plancheck.ResourceActionDestroyBeforeCreate), ConfigStateChecks: link(knownvalue.StringFunc(func(link string) error {
					if strings.HasPrefix(link, "https://example.com/other") {
						return errors.New("the new source has the link of the old one")
					}
					return nil
				}))},
			)
		})
	}
}

// TestInventedLinkImport: the import of a source with a link that the configuration lacks plans nothing, however the link is shown.
func TestInventedLinkImport(t *testing.T) {
	t.Parallel()
	for kind, argument := range kinds {
		for _, written := range []string{"", "https://example.com/cited"} {
			t.Run(kind+" "+written, func(t *testing.T) {
				t.Parallel()
				e := acctest.Start(t, invents)
				if kind == "qa" && written == "" {
					e.ThroughCLI()
				}
				chatbot := e.SeedChatbot()
				seed := mockhub.Source{Type: "upload", FileName: "a.txt", FileSize: 5, Status: "success", ReferenceSourceLink: written}
				switch kind {
				case "qa":
					seed.Type, seed.FileName, seed.Question, seed.Answer = "qa", "", "When are you open?", "From 9 to 18."
				case "url":
					seed.Type, seed.FileName = "link", "https://example.com/a"
				default:
					argument = `file = { name = "a.txt" }`
				}
				id := e.AddSource(chatbot, seed)
				e.Test(t, resource.TestStep{Config: e.Config(source(chatbot, argument) + fmt.Sprintf("import {\n to = %s\n id = \"%s/%s\"\n}\n", address, chatbot, id)),
					ConfigPlanChecks: planned(plancheck.ResourceActionNoop), Check: nothingWritten(e), ConfigStateChecks: []statecheck.StateCheck{has("reference_source_link", knownvalue.NotNull())}})
			})
		}
	}
}

// TestLinkForms: a link that the service writes in another form is the link of the configuration.
func TestLinkForms(t *testing.T) {
	t.Parallel()
	for _, form := range []string{"slash", "no_slash", "lower_host", "no_scheme"} {
		t.Run(form, func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t, func(q *mockhub.Quirks) { q.AddressForm = form })
			chatbot := e.SeedChatbot()
			none(t, e, chatbot)
			step := func(link string, action plancheck.ResourceActionType) resource.TestStep {
				return resource.TestStep{PreConfig: e.Forget, Config: e.Config(source(chatbot, question, `reference_source_link = "`+link+`"`)), ConfigPlanChecks: planned(action)}
			}
			id := e.AddSource(chatbot, mockhub.Source{Type: "qa", Question: "When are you open?", Answer: "From 9 to 18.", ReferenceSourceLink: "https://Example.com/cited"})
			imported := step("https://Example.com/cited/", plancheck.ResourceActionNoop)
			imported.Config += fmt.Sprintf("import {\n to = %s\n id = \"%s/%s\"\n}\n", address, chatbot, id)
			e.Test(t, imported, step("https://example.com/cited", plancheck.ResourceActionNoop), step("https://example.com/other/", plancheck.ResourceActionDestroyBeforeCreate), step("https://Example.com/other", plancheck.ResourceActionNoop))
		})
	}
}
