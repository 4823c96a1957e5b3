package knowledgebase_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// TestNoSecondSource: where the service allows no second source with a content, documents of one knowledge base that pass a content on are
// changed in one apply: the old source is deleted first.
func TestNoSecondSource(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		duplicates string
		changes    map[string]string
		want       []string
	}{
		"renamed":           {"content", map[string]string{"a.md": "", "z.md": "a"}, []string{"b.md", "z.md"}},
		"exchanged":         {"content", map[string]string{"a.md": "b", "b.md": "a"}, []string{"a.md", "b.md"}},
		"exchanged, either": {"either", map[string]string{"a.md": "b", "b.md": "a"}, []string{successor("a.md", "b"), successor("b.md", "a")}},
		"passed on":         {"content", map[string]string{"a.md": "b", "b.md": "c"}, []string{"a.md", successor("b.md", "c")}},
		"moved":             {"either", map[string]string{"a.md": "", "sub/a.md": "a"}, []string{"b.md", "sub-a.md"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t, func(q *mockhub.Quirks) { q.DuplicateFiles = c.duplicates })
			e.files(map[string]string{"a.md": "a", "b.md": "b"})
			stem := func(all []string) []string { // which of two is replaced first is open
				var stems []string
				for _, one := range all {
					before, _, _ := strings.Cut(one, ".")
					stems = append(stems, before)
				}
				slices.Sort(stems)
				return stems
			}
			e.Test(t,
				resource.TestStep{Config: e.config(e.folder())},
				resource.TestStep{PreConfig: func() { e.files(c.changes); e.Forget() }, Config: e.config(e.folder()), ConfigStateChecks: []statecheck.StateCheck{isTrained, noFailure}, Check: func(*terraform.State) error {
					var all []string
					for _, s := range e.Sources(e.chatbot) {
						all = append(all, s.FileName)
					}
					if got, want := stem(all), stem(c.want); !slices.Equal(got, want) {
						return fmt.Errorf("the sources are %q, want those of %q", all, c.want)
					}
					return nil
				}},
			)
		})
	}
}

// TestOtherWriting: a page or a question in another writing is the same document. Nothing is sent for it, and an answer that changes with it is
// a change of this document.
func TestOtherWriting(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		before, after string
		asked         int
		want          []string
	}{
		"address":             {`pages = ["https://shop.example.com/x/"]`, `pages = ["https://Shop.example.com/x"]`, 0, []string{"https://shop.example.com/x/"}},
		"question":            {`questions = { "When?" = "Now." }`, `questions = { " When? " = "Now." }`, 0, []string{"When?"}},
		"question and answer": {`questions = { "When?" = "Now." }`, `questions = { " When? " = "Later." }`, 1, []string{" When? "}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t, func(q *mockhub.Quirks) { q.AddressForm, q.OneAnswerPerQuestion = "no_slash", true })
			e.Test(t,
				resource.TestStep{Config: e.config(c.before)},
				resource.TestStep{PreConfig: e.Forget, Config: e.config(c.after), ConfigPlanChecks: planned(plancheck.ResourceActionUpdate), ConfigStateChecks: []statecheck.StateCheck{isTrained, noFailure, state("source_ids", knownvalue.MapSizeExact(1))},
					Check: resource.ComposeTestCheckFunc(e.has(c.want...), e.ExpectCount(fetch, 0), e.ExpectCount(ask, c.asked))},
				resource.TestStep{PreConfig: e.Forget, Config: e.config(c.after), ConfigPlanChecks: planned(plancheck.ResourceActionNoop)},
			)
		})
	}
}

// TestReferencesWithGap: where the old source is deleted first, agents and source tags that listed it list the new one, also if the apply ends
// before it is trained.
func TestReferencesWithGap(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		arguments string
		quirk     func(*mockhub.Quirks)
		timeout   bool
	}{
		"before the upload":          {"\nreplace = \"before_upload\"", func(*mockhub.Quirks) {}, false},
		"before the upload, timeout": {"\nreplace = \"before_upload\"", func(*mockhub.Quirks) {}, true},
		"no second source":           {"", func(q *mockhub.Quirks) { q.OneAnswerPerQuestion = true }, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t, c.quirk)
			agent := e.AddAgent(e.chatbot, mockhub.Agent{Type: "user-facing"})
			e.Keep(agent)
			var tag string
			changed := strings.Replace(faq, "9", "10", 1)
			steps := []resource.TestStep{{Config: e.config(faq + c.arguments)}}
			last := func() {
				listed := []string{e.Sources(e.chatbot)[0].UUID}
				e.EditAgent(agent, func(a *mockhub.Agent) { a.DataSourceUUIDs = listed })
				tag = e.AddTag(e.chatbot, mockhub.SourceTag{Name: "x", DataSourceUUIDs: listed})
			}
			if c.timeout {
				use := last
				steps = append(steps, resource.TestStep{PreConfig: func() {
					use()
					e.SetQuirks(func(q *mockhub.Quirks) { q.TrainingTime = time.Hour })
				}, Config: e.config(changed + c.arguments + "\ntimeouts = { update = \"3s\" }"), ExpectError: regexp.MustCompile(`the\s+timeout\s+expired`)})
				last = func() { e.Clock().Advance(2 * time.Hour) }
			}
			e.Test(t, append(steps, resource.TestStep{PreConfig: last, Config: e.config(changed + c.arguments), ConfigStateChecks: []statecheck.StateCheck{isTrained, noFailure},
				Check: func(*terraform.State) error {
					a, _ := e.Agent(agent)
					found, _ := e.Tag(tag)
					e.RemoveTag(tag)
					want := []string{e.Sources(e.chatbot)[0].UUID}
					if !slices.Equal(a.DataSourceUUIDs, want) || !slices.Equal(found.DataSourceUUIDs, want) {
						return fmt.Errorf("the agent has %q and the tag %q, want %q", a.DataSourceUUIDs, found.DataSourceUUIDs, want)
					}
					return nil
				}})...)
		})
	}
}

// TestTitles: a source whose file name has a hash has the plain name as its title, whether or not the apply waits for the training. Where the
// name is free, it has the plain name.
func TestTitles(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		arguments   string
		file, moved string
	}{
		"after training":    {"", successor("a.md", "a2"), ""},
		"without waiting":   {"\nwait_for_training = false", successor("a.md", "a2"), ""},
		"before the upload": {"\nreplace = \"before_upload\"", "a.md", ""},
		"moved":             {"", successor("sub-a.md", "a2"), "sub-a.md"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t)
			first, second, title := "a.md", "a.md", "a.md"
			if c.moved != "" {
				first, second, title = "sub/a.md", "sub-a.md", "sub-a.md"
			}
			e.files(map[string]string{first: "a"})
			e.Test(t,
				resource.TestStep{Config: e.config(e.folder() + c.arguments)},
				resource.TestStep{PreConfig: func() { e.files(map[string]string{first: "", second: "a2"}) }, Config: e.config(e.folder() + c.arguments), Check: func(*terraform.State) error {
					s := e.Sources(e.chatbot)[0]
					if s.FileName != c.file || c.file != title && s.Title != title {
						return fmt.Errorf("the source is %q with the title %q", s.FileName, s.Title)
					}
					return nil
				}},
			)
		})
	}
}

// TestRepairIsKept: the new source of a document whose old one failed is used by the next apply, if its training had not ended.
func TestRepairIsKept(t *testing.T) {
	t.Parallel()
	e := start(t, func(q *mockhub.Quirks) { q.RestartMissing = "404" })
	e.files(map[string]string{"a.md": "a"})
	e.Test(t,
		resource.TestStep{Config: e.config(e.folder())},
		resource.TestStep{PreConfig: func() {
			e.EditSource(e.Sources(e.chatbot)[0].UUID, func(s *mockhub.Source) { s.Status = "error:no text" })
			e.SetQuirks(func(q *mockhub.Quirks) { q.TrainingTime = time.Hour })
		}, Config: e.config(e.folder() + "\ntimeouts = { update = \"3s\" }"), ExpectError: regexp.MustCompile(`the\s+timeout\s+expired`)},
		resource.TestStep{PreConfig: func() { e.Clock().Advance(2 * time.Hour); e.Forget() }, Config: e.config(e.folder()), Check: resource.ComposeTestCheckFunc(e.has(successor("a.md", "a")), e.ExpectCount(upload, 0)),
			ConfigStateChecks: []statecheck.StateCheck{isTrained, noFailure}},
	)
}
