package knowledgebase_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// TestNoDocuments: a knowledge base can have no documents yet, such as one of an empty table.
func TestNoDocuments(t *testing.T) {
	t.Parallel()
	for _, none := range []string{"questions = {}", "pages = []"} {
		e := start(t)
		e.Test(t,
			resource.TestStep{Config: e.config(none), ConfigStateChecks: []statecheck.StateCheck{isTrained, noFailure, state("source_ids", knownvalue.MapSizeExact(0))}},
			resource.TestStep{Config: e.config(faq), Check: e.has("When?")},
			resource.TestStep{Config: e.config(none), Check: e.has()},
		)
	}
}

// TestAgeWithSettings: the age of pages counts only in a plan in which nothing else changes, because the final plan of the apply is made later. An
// age that is not known at plan, or that changes, can be exceeded in the apply.
func TestAgeWithSettings(t *testing.T) {
	t.Parallel()
	e := start(t)
	pages := "pages = [\"https://shop.example.com/\"]\npages_max_age = "
	e.Test(t,
		resource.TestStep{Config: e.config(pages + `"1000h"`)},
		resource.TestStep{PreConfig: e.Forget, Config: e.config(pages + `"2000h"`), ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectUnknownValue(address, tfjsonpath.New("revision"))}}, Check: e.ExpectCount(rescrape, 0)},
		resource.TestStep{Config: e.config(pages + `"1ns"`), ExpectNonEmptyPlan: true},
		resource.TestStep{PreConfig: e.Forget, Config: e.config(pages + "\"1ns\"\nadopt = true"), ExpectNonEmptyPlan: true, Check: e.ExpectCount(rescrape, 0)},
		resource.TestStep{PreConfig: e.Forget, Config: e.config(pages + "\"1ns\"\nadopt = true"), ExpectNonEmptyPlan: true, Check: e.ExpectCount(rescrape, 1)},
	)
}

// TestPartOfARetraining: a trigger that trains all sources does so once. The next apply goes on with those that could not be trained alone, unless
// the trigger is changed back.
func TestPartOfARetraining(t *testing.T) {
	t.Parallel()
	e := start(t)
	e.files(map[string]string{"a.md": "a"})
	arguments := func(trigger string) string {
		return e.folder() + "\npages = [\"https://shop.example.com/\"]\nretrain_triggers = { day = \"" + trigger + "\" }"
	}
	e.Test(t,
		resource.TestStep{Config: e.config(arguments("1"))},
		resource.TestStep{PreConfig: func() { e.Inject(mockhub.Fault{Route: rescrape, Status: http.StatusUnauthorized}) }, Config: e.config(arguments("2")), ExpectError: regexp.MustCompile(`1\s+document\s+failed`)},
		resource.TestStep{PreConfig: e.Forget, Config: e.config(arguments("1")), ConfigPlanChecks: planned(plancheck.ResourceActionNoop)},
		resource.TestStep{PreConfig: e.Forget, Config: e.config(arguments("2")), ConfigPlanChecks: planned(plancheck.ResourceActionUpdate), ConfigStateChecks: []statecheck.StateCheck{isTrained, noFailure},
			Check: resource.ComposeTestCheckFunc(e.ExpectCount(rescrape, 1), e.ExpectCount(restart, 0))},
	)
}

// TestChangedFileIsNotSent: of a file that changes before its upload, nothing is sent if its size has changed, and never a complete request.
func TestChangedFileIsNotSent(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		later string
		sent  int
	}{"another size": {"bbb", 0}, "the same size": {"b", 1}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t)
			e.files(map[string]string{"a.md": "a"})
			e.Inject(mockhub.Fault{Route: list, Mutate: func(answer []byte) []byte { e.files(map[string]string{"a.md": c.later}); return answer }})
			e.Test(t,
				resource.TestStep{Config: e.config(e.folder()), ExpectError: regexp.MustCompile(`(?s)no\s+source\s+was\s+created.*"a.md":\s+the\s+file\s+changed\s+while\s+Terraform\s+ran`)},
				resource.TestStep{PreConfig: func() {
					if sent, deleted := e.Bodies(upload), e.Count(bulk)+e.Count("POST /data-source/{uuid}/delete"); len(sent) > c.sent || deleted > 0 || len(e.sources()) > 0 {
						t.Errorf("%d uploads, %d deletes, %d sources", len(sent), deleted, len(e.sources()))
					} else if len(sent) > 0 && strings.HasSuffix(sent[0], "--\r\n") {
						t.Errorf("the upload is complete: %q", sent[0])
					}
				}, Config: e.config(e.folder()), Check: e.has("a.md")},
			)
		})
	}
}

// TestPatterns: a pattern that can match no file of a folder is refused, and so is an empty list of patterns.
func TestPatterns(t *testing.T) {
	t.Parallel()
	for _, pattern := range []string{`exclude = ["drafts/"]`, `exclude = ["./drafts/**"]`, `exclude = ["drafts//*"]`, `include = ["./*.md"]`, `include = ["."]`, `include = []`} {
		e := start(t)
		e.files(map[string]string{"a.md": "a", "drafts/b.md": "b"})
		e.Test(t, resource.TestStep{Config: e.config("folder = {\n  path = \"" + e.dir + "\"\n  " + pattern + "\n}"), PlanOnly: true, ExpectError: regexp.MustCompile(`Invalid pattern`)})
	}
}

// TestLongNames: names whose parts fit into the file system, and which are too long for one there, reach the service whole.
func TestLongNames(t *testing.T) {
	t.Parallel()
	e := start(t)
	deep := strings.Repeat(strings.Repeat("d", 60)+"/", 5) + "a.md"
	e.files(map[string]string{deep: "a", strings.Repeat("n", 250) + ".md": "b"})
	e.Test(t, resource.TestStep{Config: e.config(e.folder()), Check: e.has(strings.ReplaceAll(deep, "/", "-"), strings.Repeat("n", 250)+".md")},
		resource.TestStep{PreConfig: func() { e.files(map[string]string{deep: "c"}) }, Config: e.config(e.folder())})
}
