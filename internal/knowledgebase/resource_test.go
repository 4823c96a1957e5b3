package knowledgebase_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

const faq = "questions = { \"When?\" = \"From 9 to 18.\" }\n"

// TestFull: a knowledge base of files, questions and pages is created, changed in place and destroyed. Each step sends no more than it needs.
func TestFull(t *testing.T) {
	t.Parallel()
	for name, quirk := range map[string]func(*mockhub.Quirks){
		"default": func(*mockhub.Quirks) {}, "no duplicates": func(q *mockhub.Quirks) { q.DuplicateFiles, q.DuplicateURLs = "never", "never" },
		"by content": func(q *mockhub.Quirks) { q.DuplicateFiles = "content" }, "videos": func(q *mockhub.Quirks) { q.LinkType = "video" },
		"short answers": func(q *mockhub.Quirks) { q.MetaJSON = "absent" }, "titles": func(q *mockhub.Quirks) { q.TitleOverwritten, q.TitleChangesLate = true, true },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t, quirk)
			e.files(map[string]string{"returns.md": "30 days", "a/prices.md": "10 euros"})
			page := "pages = [\"https://shop.example.com/returns\"]\n"
			e.Test(t,
				resource.TestStep{Config: e.config(e.folder() + "\n" + faq + page), Check: e.has("returns.md", "a-prices.md", "When?", "https://shop.example.com/returns"),
					ConfigStateChecks: []statecheck.StateCheck{isTrained, noFailure, keysOf("source_ids", "returns.md", "a/prices.md", "When?", "https://shop.example.com/returns"), keysOf("content", "returns.md", "a/prices.md", "When?", "https://shop.example.com/returns")}},
				resource.TestStep{PreConfig: func() {
					e.files(map[string]string{"returns.md": "60 days", "new.md": "new", "a/prices.md": ""})
					e.Forget()
				}, Config: e.config(e.folder() + "\n" + strings.Replace(faq, "9", "10", 1)), ConfigPlanChecks: planned(plancheck.ResourceActionUpdate),
					Check:             resource.ComposeTestCheckFunc(e.has(successor("returns.md", "60 days"), "new.md", "When?"), e.ExpectCount(upload, 2), e.ExpectCount(ask, 1), e.ExpectCount(bulk, 1)),
					ConfigStateChecks: []statecheck.StateCheck{isTrained, noFailure, keysOf("source_ids", "returns.md", "new.md", "When?")}},
				resource.TestStep{PreConfig: e.Forget, Config: e.config(strings.Replace(faq, "9", "10", 1)), ConfigPlanChecks: planned(plancheck.ResourceActionUpdate), Check: e.has("When?")},
			)
		})
	}
}

// TestSettings: a change of settings alone sends nothing, and neither does another path of the same files.
func TestSettings(t *testing.T) {
	t.Parallel()
	e := start(t)
	other := &env{e.Env, t, e.chatbot, t.TempDir()}
	for _, one := range []*env{e, other} {
		one.files(map[string]string{"a.md": "a"})
	}
	quiet := resource.ComposeTestCheckFunc(e.ExpectCount(upload, 0), e.ExpectCount(bulk, 0), e.ExpectCount(restart, 0))
	e.Test(t,
		resource.TestStep{Config: e.config(e.folder())},
		resource.TestStep{PreConfig: e.Forget, Config: e.config(other.folder()), ConfigPlanChecks: planned(plancheck.ResourceActionNoop), Check: quiet},
		resource.TestStep{PreConfig: e.Forget, Config: e.config(other.folder() + "\nreplace = \"before_upload\"\nadopt = true\nretrain_triggers = { a = \"1\" }"), ConfigPlanChecks: planned(plancheck.ResourceActionUpdate), Check: quiet},
	)
}

// TestDeletedOutside: a source that is deleted outside Terraform is an addition of its key.
func TestDeletedOutside(t *testing.T) {
	t.Parallel()
	e := start(t)
	e.files(map[string]string{"a.md": "a", "b.md": "b"})
	e.Test(t,
		resource.TestStep{Config: e.config(e.folder() + "\n" + faq)},
		resource.TestStep{PreConfig: func() {
			for _, s := range e.Sources(e.chatbot) {
				if s.FileName == "a.md" {
					e.RemoveSource(s.UUID)
				}
			}
			e.Forget()
		}, Config: e.config(e.folder() + "\n" + faq), ConfigPlanChecks: planned(plancheck.ResourceActionUpdate), Check: resource.ComposeTestCheckFunc(e.has("a.md", "b.md", "When?"), e.ExpectCount(upload, 1), e.ExpectCount(ask, 0))},
	)
}

// TestBrokenOutside: a source whose training failed later is trained again, and uploaded again if that fails as well.
func TestBrokenOutside(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		fails   string
		uploads int
		names   []string
		refused string
	}{"once": {"", 0, []string{"a.md", "b.md"}, ""}, "twice": {"error:no text", 1, []string{successor("a.md", "a"), "b.md"}, ""}, "refused": {"", 1, []string{successor("a.md", "a"), "b.md"}, "404"}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t, func(q *mockhub.Quirks) { q.RestartMissing = c.refused })
			e.files(map[string]string{"a.md": "a", "b.md": "b"})
			e.Test(t,
				resource.TestStep{Config: e.config(e.folder())},
				resource.TestStep{PreConfig: func() {
					for _, s := range e.Sources(e.chatbot) {
						if s.FileName == "a.md" {
							e.EditSource(s.UUID, func(s *mockhub.Source) {
								s.Status, s.FailsWith, s.FailuresLeft = "error:no text", c.fails, -1
							})
						}
					}
					e.Forget()
				}, Config: e.config(e.folder()), ConfigPlanChecks: planned(plancheck.ResourceActionUpdate),
					Check:             resource.ComposeTestCheckFunc(e.has(c.names...), e.ExpectCount(upload, c.uploads), e.ExpectCount(restart, 1)),
					ConfigStateChecks: []statecheck.StateCheck{isTrained, noFailure, keysOf("source_ids", "a.md", "b.md")}},
			)
		})
	}
}

// TestPartOfACreate: what fails in a create is a warning, and the next apply continues with it alone.
func TestPartOfACreate(t *testing.T) {
	t.Parallel()
	e := start(t)
	e.files(map[string]string{"a.md": "a", "b.md": "fail-error:no text", "c.exotic": "c"})
	e.Test(t,
		resource.TestStep{Config: e.config(e.folder()), ExpectNonEmptyPlan: true, Check: e.has("a.md", "b.md"),
			ConfigStateChecks: []statecheck.StateCheck{state("trained", knownvalue.Bool(false)), keysOf("failed", "b.md", "c.exotic"), keysOf("source_ids", "a.md", "b.md"), keysOf("content", "a.md", "b.md", "c.exotic")}},
		resource.TestStep{PreConfig: func() { e.files(map[string]string{"b.md": "better", "c.exotic": "", "c.md": "c"}); e.Forget() },
			Config: e.config(e.folder()), ConfigPlanChecks: planned(plancheck.ResourceActionUpdate), Check: resource.ComposeTestCheckFunc(e.has("a.md", successor("b.md", "better"), "c.md"), e.ExpectCount(upload, 2)),
			ConfigStateChecks: []statecheck.StateCheck{isTrained, noFailure}},
	)
}

// TestNothingOfACreate: a create of which nothing succeeds is an error, and leaves nothing.
func TestNothingOfACreate(t *testing.T) {
	t.Parallel()
	e := start(t)
	e.files(map[string]string{"c.exotic": "c"})
	e.Test(t, resource.TestStep{Config: e.config(e.folder()), ExpectError: regexp.MustCompile(`(?s)no\s+source\s+was\s+created.*c\.exotic.*file\s+type\s+not\s+allowed`)},
		resource.TestStep{PreConfig: func() { e.files(map[string]string{"c.exotic": "", "a.md": "a"}) }, Config: e.config(e.folder()), ConfigPlanChecks: planned(plancheck.ResourceActionCreate)})
}

// TestPartOfAnUpdate: what fails in an update is an error that keeps what was done, and the old source.
func TestPartOfAnUpdate(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ content, want string }{
		"final": {"fail-error:no text", `(?s)a\.md.*no\s+text`}, "plan limit": {"fail-error:token", `(?s)a\.md.*limit\s+of\s+training\s+tokens.*old\s+source\s+is\s+still\s+there.*before_upload`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t)
			e.files(map[string]string{"a.md": "a", "b.md": "b"})
			e.Test(t,
				resource.TestStep{Config: e.config(e.folder())},
				resource.TestStep{PreConfig: func() { e.files(map[string]string{"a.md": c.content, "b.md": "b2"}) }, Config: e.config(e.folder()), ExpectError: regexp.MustCompile(c.want)},
				resource.TestStep{PreConfig: func() {
					if err := e.has("a.md", successor("b.md", "b2"))(nil); err != nil {
						t.Error(err)
					}
					e.files(map[string]string{"a.md": "a"})
					e.Forget()
				}, Config: e.config(e.folder()), Check: resource.ComposeTestCheckFunc(e.has("a.md", successor("b.md", "b2")), e.ExpectCount(upload, 0)), ConfigStateChecks: []statecheck.StateCheck{isTrained, noFailure}},
			)
		})
	}
}

// TestTimeout: an apply that runs out of time keeps what it has, and the next one waits.
func TestTimeout(t *testing.T) {
	t.Parallel()
	e := start(t, func(q *mockhub.Quirks) { q.TrainingTime = time.Hour })
	e.files(map[string]string{"a.md": "a"})
	short, config := e.config(e.folder()+"\ntimeouts = { create = \"3s\", update = \"3s\" }"), e.config(e.folder())
	e.Test(t,
		resource.TestStep{Config: short, ExpectNonEmptyPlan: true, Check: e.has("a.md"), ConfigStateChecks: []statecheck.StateCheck{keysOf("failed", "a.md"), keysOf("source_ids", "a.md")}},
		resource.TestStep{Config: short, ExpectError: regexp.MustCompile(`(?s)a\.md.*not\s+trained\s+yet:\s+the\s+timeout\s+expired`)},
		resource.TestStep{PreConfig: func() { e.Clock().Advance(2 * time.Hour); e.Forget() }, Config: config, Check: resource.ComposeTestCheckFunc(e.has("a.md"), e.ExpectCount(upload, 0)), ConfigStateChecks: []statecheck.StateCheck{isTrained, noFailure}},
		resource.TestStep{PreConfig: func() { e.files(map[string]string{"a.md": "a2"}) }, Config: short, ExpectError: regexp.MustCompile(`(?s)the\s+timeout\s+expired`)},
		resource.TestStep{PreConfig: func() { e.Clock().Advance(2 * time.Hour); e.Forget() }, Config: config, Check: resource.ComposeTestCheckFunc(e.has(successor("a.md", "a2")), e.ExpectCount(upload, 0)), ConfigStateChecks: []statecheck.StateCheck{isTrained, noFailure}},
	)
}

// TestIncompleteList: a source that one list lacks is not gone, because a list can be incomplete (goals.md R4).
func TestIncompleteList(t *testing.T) {
	t.Parallel()
	e := start(t)
	e.files(map[string]string{"a.md": "a", "b.md": "b"})
	config := e.config(e.folder())
	e.Test(t,
		resource.TestStep{Config: config},
		resource.TestStep{PreConfig: func() {
			e.Inject(mockhub.Fault{Route: list, Times: 1, Mutate: func([]byte) []byte { return []byte("[]") }})
		}, Config: config, ConfigPlanChecks: planned(plancheck.ResourceActionNoop), Check: e.has("a.md", "b.md"), ConfigStateChecks: []statecheck.StateCheck{isTrained, keysOf("source_ids", "a.md", "b.md")}},
	)
}
