package knowledgebase_test

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// TestAdopt: sources that exist are taken over only with adopt, and then nothing is uploaded. Those of other resources of the run are not.
func TestAdopt(t *testing.T) {
	t.Parallel()
	for name, quirk := range map[string]func(*mockhub.Quirks){"default": func(*mockhub.Quirks) {}, "no duplicates": func(q *mockhub.Quirks) { q.DuplicateFiles, q.DuplicateURLs = "never", "never" }} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t, quirk)
			e.files(map[string]string{"a.md": "a"})
			e.AddSource(e.chatbot, mockhub.Source{Type: "upload", FileName: "a.md", FileSize: 1, Status: "success"})
			e.AddSource(e.chatbot, mockhub.Source{Type: "qa", Question: "When?", Answer: "From 9 to 18.", Status: "success"})
			e.AddSource(e.chatbot, mockhub.Source{Type: "link", FileName: "https://shop.example.com/", Status: "success"})
			arguments := e.folder() + "\n" + faq + "pages = [\"https://Shop.example.com\"]\nadopt = true"
			e.Test(t, resource.TestStep{Config: e.config(arguments), Check: resource.ComposeTestCheckFunc(e.has("a.md", "When?", "https://shop.example.com/"), e.ExpectCount(upload, 0), e.ExpectCount(ask, 0), e.ExpectCount(fetch, 0)),
				ConfigStateChecks: []statecheck.StateCheck{isTrained, noFailure}})
		})
	}
}

// TestAdoptOldest: of equal sources the oldest one is taken over, whatever the order of the list. The export refers to that one.
func TestAdoptOldest(t *testing.T) {
	t.Parallel()
	for _, newestFirst := range []bool{false, true} {
		e := start(t, func(q *mockhub.Quirks) { q.DuplicateURLs, q.ListNewestFirst = "never", newestFirst })
		oldest := map[string]knownvalue.Check{}
		for range 2 {
			for key, s := range map[string]mockhub.Source{"When?": {Type: "qa", Question: "When?", Answer: "From 9 to 18.", Status: "success"}, "https://shop.example.com/": {Type: "link", FileName: "https://shop.example.com/", Status: "success"}} {
				if id := e.AddSource(e.chatbot, s); oldest[key] == nil {
					oldest[key] = knownvalue.StringExact(id)
				}
			}
			e.Clock().Advance(time.Minute)
		}
		e.Test(t, resource.TestStep{Config: e.config(faq + "pages = [\"https://shop.example.com/\"]\nadopt = true"), ConfigStateChecks: []statecheck.StateCheck{state("source_ids", knownvalue.MapExact(oldest))}})
	}
}

// TestAdoptOtherSize: the service refuses a file of the same name, and its answer lacks the size. A file of another size is not taken over.
func TestAdoptOtherSize(t *testing.T) {
	t.Parallel()
	e := start(t)
	e.files(map[string]string{"a.md": "a new text", "b.md": "b"})
	e.AddSource(e.chatbot, mockhub.Source{Type: "upload", FileName: "a.md", FileSize: 1, Status: "success"})
	want := regexp.MustCompile(`(?s)already\s+has\s+the\s+source\s+[0-9a-f]{32}\s+\("a\.md"\).*another\s+size:\s+1\s+byte\b.*10\s+bytes`)
	e.Test(t,
		resource.TestStep{Config: e.config(e.folder() + "\nadopt = true"), ExpectNonEmptyPlan: true, ConfigStateChecks: []statecheck.StateCheck{keysOf("failed", "a.md"), keysOf("source_ids", "b.md")}},
		resource.TestStep{Config: e.config(e.folder() + "\nadopt = true"), ExpectError: want},
	)
}

// TestConflicts: a source that does not belong to the knowledge base is an error that names it and adopt.
func TestConflicts(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		quirk func(*mockhub.Quirks)
		want  string
	}{
		"name":     {func(*mockhub.Quirks) {}, `(?s)already\s+has\s+the\s+source\s+[0-9a-f]{32}\s+\("a\.md"\).*adopt\s+=\s+true`},
		"question": {func(q *mockhub.Quirks) { q.OneAnswerPerQuestion = true }, `(?s)question\s+1\s+of\s+1.*already\s+has\s+the\s+source\s+[0-9a-f]{32}\s+\(a\s+question\)`},
		"content":  {func(q *mockhub.Quirks) { q.DuplicateFiles = "content" }, `(?s)duplicate\s+of\s+another\s+document\s+of\s+this\s+knowledge\s+base`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t, c.quirk)
			e.files(map[string]string{"a.md": "a"})
			arguments := e.folder()
			switch name {
			case "content":
				e.files(map[string]string{"b.md": "a"})
			case "question":
				arguments = faq
				e.AddSource(e.chatbot, mockhub.Source{Type: "qa", Question: "When?", Answer: "Never.", Status: "success"})
			default:
				e.AddSource(e.chatbot, mockhub.Source{Type: "upload", FileName: "a.md", FileSize: 9, Status: "success"})
			}
			check := []statecheck.StateCheck{state("failed", knownvalue.MapSizeExact(1))}
			step := resource.TestStep{Config: e.config(e.folder()), ExpectNonEmptyPlan: true, ConfigStateChecks: check}
			if name != "content" {
				step = resource.TestStep{Config: e.config(arguments), ExpectError: regexp.MustCompile(c.want)}
			}
			e.Test(t, step)
		})
	}
}

// TestOneResourceEach: a single source and a knowledge base of one run do not take over each other's sources.
func TestOneResourceEach(t *testing.T) {
	t.Parallel()
	e := start(t)
	e.files(map[string]string{"a.md": "a", "b.md": "b"})
	single := fmt.Sprintf("resource \"aichatbothub_source\" \"a\" {\n  chatbot_id = %q\n  file = { name = \"a.md\", content = \"a\" }\n}\n", e.chatbot)
	e.Test(t,
		resource.TestStep{Config: e.config(e.folder()+"\nadopt = true\ndepends_on = [aichatbothub_source.a]", single), ExpectNonEmptyPlan: true, Check: e.has("a.md", "b.md"),
			ConfigStateChecks: []statecheck.StateCheck{keysOf("failed", "a.md"), keysOf("source_ids", "b.md")}},
	)
}

// TestGap: where the service allows no second source, the old one is deleted first, with a warning.
func TestGap(t *testing.T) {
	t.Parallel()
	e := start(t, func(q *mockhub.Quirks) { q.OneAnswerPerQuestion = true })
	e.Test(t,
		resource.TestStep{Config: e.config(faq)},
		resource.TestStep{PreConfig: e.Forget, Config: e.config(strings.Replace(faq, "9", "10", 1)), ConfigPlanChecks: planned(plancheck.ResourceActionUpdate), Check: resource.ComposeTestCheckFunc(e.has("When?"), e.ExpectCount(ask, 2)),
			ConfigStateChecks: []statecheck.StateCheck{isTrained, noFailure}},
	)
}

// TestBeforeUpload deletes the old sources before the new ones are uploaded.
func TestBeforeUpload(t *testing.T) {
	t.Parallel()
	e := start(t)
	e.files(map[string]string{"a.md": "a", "b.md": "b"})
	arguments := e.folder() + "\nreplace = \"before_upload\""
	var order []string
	e.Test(t,
		resource.TestStep{Config: e.config(arguments)},
		resource.TestStep{PreConfig: func() { e.files(map[string]string{"a.md": "a2", "b.md": ""}); e.Forget() }, Config: e.config(arguments), ConfigStateChecks: []statecheck.StateCheck{isTrained, keysOf("source_ids", "a.md")},
			Check: func(*terraform.State) error {
				for _, r := range e.Requests() {
					if r.Method == http.MethodPost {
						order = append(order, r.Route)
					}
				}
				return nil
			}},
	)
	if want := []string{bulk, upload}; !slices.Equal(order[:min(2, len(order))], want) {
		t.Errorf("the order of requests is %q, want %q first", order, want)
	}
}

// TestReferences: agents and source tags that list an old source list the new one in its place, with one update each.
func TestReferences(t *testing.T) {
	t.Parallel()
	e := start(t)
	e.files(map[string]string{"a.md": "a", "b.md": "b"})
	other := e.AddSource(e.chatbot, mockhub.Source{Type: "qa", Question: "Other", Answer: "x", Status: "success"})
	ids := func(name string) string {
		for _, s := range e.Sources(e.chatbot) {
			if strings.HasPrefix(s.FileName, name) {
				return s.UUID
			}
		}
		return ""
	}
	agent := e.AddAgent(e.chatbot, mockhub.Agent{Type: "user-facing"})
	e.Keep(agent)
	var tag string
	e.Test(t,
		resource.TestStep{Config: e.config(e.folder())},
		resource.TestStep{PreConfig: func() {
			listed := []string{ids("a"), other, ids("b")}
			e.EditAgent(agent, func(a *mockhub.Agent) { a.DataSourceUUIDs = listed })
			tag = e.AddTag(e.chatbot, mockhub.SourceTag{Name: "x", DataSourceUUIDs: listed[:1]})
			e.files(map[string]string{"a.md": "a2", "b.md": "b2"})
			e.Forget()
		}, Config: e.config(e.folder()), Check: resource.ComposeTestCheckFunc(e.ExpectCount("POST /agent/{uuid}/update", 1), e.ExpectCount("POST /source-tag/{uuid}/update", 1),
			func(*terraform.State) error {
				a, _ := e.Agent(agent)
				found, _ := e.Tag(tag)
				if want := []string{ids("a"), other, ids("b")}; !slices.Equal(a.DataSourceUUIDs, want) || !slices.Equal(found.DataSourceUUIDs, want[:1]) {
					return fmt.Errorf("the agent has %q and the tag %q, want %q", a.DataSourceUUIDs, found.DataSourceUUIDs, want)
				}
				e.RemoveTag(tag)
				return nil
			})},
	)
}

// TestRetrain: a trigger trains all sources again in place. Adding or removing all triggers does not.
func TestRetrain(t *testing.T) {
	t.Parallel()
	e := start(t)
	e.files(map[string]string{"a.md": "a"})
	arguments := func(trigger string) string {
		return e.folder() + "\npages = [\"https://shop.example.com/\"]\nretrain_triggers = { day = \"" + trigger + "\" }"
	}
	e.Test(t,
		resource.TestStep{Config: e.config(arguments("1"))},
		resource.TestStep{PreConfig: e.Forget, Config: e.config(arguments("2")), ConfigPlanChecks: planned(plancheck.ResourceActionUpdate), ConfigStateChecks: []statecheck.StateCheck{isTrained},
			Check: resource.ComposeTestCheckFunc(e.has("a.md", "https://shop.example.com/"), e.ExpectCount(restart, 1), e.ExpectCount(rescrape, 1), e.ExpectCount(upload, 0))},
	)
}

// TestRetrainInGroups: many sources are trained again in few requests: after a trigger, after trainings that failed for a temporary reason, and
// where the service shows failures.
func TestRetrainInGroups(t *testing.T) {
	t.Parallel()
	e := start(t)
	arguments := func(trigger int) string {
		return fmt.Sprintf("questions = { for i in range(120) : \"Question ${i}?\" => \"Answer.\" }\npages = [for i in range(5) : \"https://example.com/${i}\"]\nretrain_triggers = { day = %d }", trigger)
	}
	inGroups := resource.ComposeTestCheckFunc(e.ExpectCount(restart, 2), e.ExpectCount(rescrape, 1), e.ExpectCount(ask, 0), e.ExpectCount(fetch, 0))
	fail := func(f func(*mockhub.Source)) func() {
		return func() {
			for _, s := range e.Sources(e.chatbot) {
				e.EditSource(s.UUID, f)
			}
			e.Forget()
		}
	}
	e.Test(t,
		resource.TestStep{Config: e.config(arguments(1))},
		resource.TestStep{PreConfig: e.Forget, Config: e.config(arguments(2)), ConfigStateChecks: []statecheck.StateCheck{isTrained}, Check: inGroups},
		resource.TestStep{PreConfig: fail(func(s *mockhub.Source) { s.Status = "error:no text" }), Config: e.config(arguments(2)), ConfigStateChecks: []statecheck.StateCheck{isTrained}, Check: inGroups},
		resource.TestStep{PreConfig: fail(func(s *mockhub.Source) { s.FailsWith, s.FailuresLeft = "error:rate limit", 1 }), Config: e.config(arguments(3)),
			ConfigStateChecks: []statecheck.StateCheck{isTrained}, Check: resource.ComposeTestCheckFunc(e.ExpectCount(restart, 4), e.ExpectCount(rescrape, 2))},
	)
}

// TestPagesMaxAge: pages that were trained too long ago are fetched again, in a plan in which nothing else changes.
func TestPagesMaxAge(t *testing.T) {
	t.Parallel()
	e := start(t)
	arguments := "pages = [\"https://shop.example.com/\"]\npages_max_age = "
	e.Test(t,
		resource.TestStep{Config: e.config(arguments + `"1000h"`)},
		resource.TestStep{PreConfig: e.Forget, Config: e.config(arguments + `"1ns"`), ExpectNonEmptyPlan: true, ConfigPlanChecks: planned(plancheck.ResourceActionUpdate), Check: e.ExpectCount(rescrape, 1)},
		resource.TestStep{PreConfig: e.Forget, Config: e.config(arguments + `"1000h"`), Check: e.ExpectCount(rescrape, 0)},
	)
}

// TestBadInput is refused at plan, without a request.
func TestBadInput(t *testing.T) {
	t.Parallel()
	for arguments, want := range map[string]string{
		``:                                              `(?s)At\s+least\s+one`,
		`questions = { " " = "x" }`:                     `Empty question`,
		`questions = { "a" = " " }`:                     `Empty answer`,
		`pages = ["shop.example.com"]`:                  `http:// or https://`,
		faq + `pages_max_age = "soon"`:                  `duration`,
		faq + `replace = "never"`:                       `after_training`,
		`folder = { path = "/none-there" }`:             `(?s)There\s+is\s+no\s+folder`,
		`folder = { path = ".", include = ["../*"] }`:   `Invalid pattern`,
		`folder = { path = ".", exclude = ["/etc/*"] }`: `Invalid pattern`,
		`folder = { path = "" }`:                        `Invalid`,
	} {
		t.Run(arguments, func(t *testing.T) {
			t.Parallel()
			e := start(t)
			e.Test(t, resource.TestStep{Config: e.config(arguments), PlanOnly: true, ExpectError: regexp.MustCompile(want)})
		})
	}
}

// TestThousand: an unchanged plan of 1,000 sources sends one request beside that for the chatbot, and a destroy at most 12 (goals.md P9). The
// sources are taken over, which is faster than to create them.
func TestThousand(t *testing.T) {
	t.Parallel()
	v := newVictim(t, &figures{})
	questions := map[string]tftypes.Value{}
	for i := range 1000 {
		question := fmt.Sprintf("Question %d?", i)
		questions[question] = tftypes.NewValue(tftypes.String, "Answer.")
		v.AddSource(v.chatbot, mockhub.Source{Type: "qa", Question: question, Answer: "Answer.", Status: "success"})
	}
	config := v.object.Configuration(map[string]tftypes.Value{
		"chatbot_id": tftypes.NewValue(tftypes.String, v.chatbot), "adopt": tftypes.NewValue(tftypes.Bool, true),
		"questions": tftypes.NewValue(tftypes.Map{ElementType: tftypes.String}, questions),
	})
	if err := v.apply(config, never); err != nil {
		t.Fatal(err)
	}
	if n := v.Count(ask); n > 0 {
		t.Errorf("%d sources were created", n)
	}
	for _, step := range []struct {
		name   string
		config tftypes.Value
		most   int
	}{{"an unchanged plan", config, 1}, {"a destroy", tftypes.NewValue(config.Type(), nil), 12}} {
		v.Forget()
		if err := v.apply(step.config, never); err != nil {
			t.Fatal(err)
		}
		if n := v.Count(""); n > step.most {
			t.Errorf("%s sent %d requests, want at most %d", step.name, n, step.most)
		}
	}
	v.isEmpty(t, "after the destroy")
}

// TestAlwaysAnswers: while the answer to a question is replaced, a bot that is asked after each request of the apply always knows the old or
// the new answer.
func TestAlwaysAnswers(t *testing.T) {
	t.Parallel()
	for name, explicit := range map[string]bool{"all sources": false, "explicit": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t, func(q *mockhub.Quirks) { q.TrainingTime = time.Minute })
			e.hurry(10 * time.Second)
			session := e.AddSession(e.chatbot, mockhub.Session{})
			var seen, answers []string // answers are those before the destroy
			watched := []string{list, ask, bulk, "POST /agent/{uuid}/update", "GET /chatbot/{uuid}/agents", "GET /chatbot/{uuid}/source-tags", "POST /data-source/{uuid}/delete"}
			e.Test(t,
				resource.TestStep{Config: e.config(faq)},
				resource.TestStep{PreConfig: func() {
					if source := e.Sources(e.chatbot)[0].UUID; explicit {
						e.EditAgent(e.DefaultAgent(e.chatbot), func(a *mockhub.Agent) { a.UseAllSources, a.DataSourceUUIDs = false, []string{source} })
					}
					for _, route := range watched {
						e.Inject(mockhub.Fault{Route: route, Times: -1, Mutate: func(answer []byte) []byte {
							if route == list {
								e.Clock().Advance(10 * time.Second)
							}
							seen = append(seen, e.answer(session, "When?"))
							return answer
						}})
					}
				}, Config: e.config(strings.Replace(faq, "9", "10", 1)), ConfigStateChecks: []statecheck.StateCheck{isTrained},
					Check: func(*terraform.State) error { answers = slices.Clone(seen); return nil }},
			)
			old, fresh := "From 9 to 18.", "From 10 to 18."
			if i := slices.Index(answers, fresh); i < 1 || slices.ContainsFunc(answers, func(answer string) bool { return answer != old && answer != fresh }) || slices.Contains(answers[i:], old) {
				t.Errorf("the answers were %q", answers)
			}
		})
	}
}

// TestChangedBack: a document that is changed back while its new source is in training keeps its old one.
func TestChangedBack(t *testing.T) {
	t.Parallel()
	e := start(t)
	e.files(map[string]string{"a.md": "a", "b.md": "b"})
	config := e.config(e.folder())
	e.Test(t,
		resource.TestStep{Config: config},
		resource.TestStep{PreConfig: func() {
			e.SetQuirks(func(q *mockhub.Quirks) { q.TrainingTime = time.Hour })
			e.files(map[string]string{"a.md": "a2", "b.md": "b2"})
		}, Config: e.config(e.folder() + "\ntimeouts = { update = \"3s\" }"), ExpectError: regexp.MustCompile(`the\s+timeout\s+expired`)},
		resource.TestStep{PreConfig: func() {
			e.Clock().Advance(2 * time.Hour)
			e.SetQuirks(func(q *mockhub.Quirks) { q.TrainingTime = 0 })
			e.files(map[string]string{"a.md": "a", "b.md": "b3"})
			e.Forget()
		}, Config: config, Check: resource.ComposeTestCheckFunc(e.has("a.md", successor("b.md", "b3")), e.ExpectCount(upload, 1)), ConfigStateChecks: []statecheck.StateCheck{isTrained, noFailure}},
	)
}

// TestSameDocuments: documents that the service would take for one another are an error of the plan.
func TestSameDocuments(t *testing.T) {
	t.Parallel()
	for _, arguments := range []string{`pages = ["https://shop.example.com", "https://shop.example.com/"]`, `questions = { "When?" = "a", " When? " = "b" }`} {
		e := start(t)
		e.Test(t, resource.TestStep{Config: e.config(arguments), PlanOnly: true, ExpectError: regexp.MustCompile(`Duplicate document`)})
	}
}

// TestUnknown: inputs that are not known at plan make everything unknown that depends on them, and nothing is uploaded twice.
func TestUnknown(t *testing.T) {
	t.Parallel()
	e := start(t)
	e.ThroughCLI()
	e.files(map[string]string{"a.md": "a"})
	config := func(answer string) string {
		return e.config("folder = { path = \""+e.dir+"\" }\nquestions = { \"When?\" = terraform_data.answer.output }", "resource \"terraform_data\" \"answer\" {\n  input = \""+answer+"\"\n}\n")
	}
	e.Test(t,
		resource.TestStep{Config: config("one"), Check: e.has("a.md", "When?")},
		resource.TestStep{PreConfig: e.Forget, Config: config("two"), Check: resource.ComposeTestCheckFunc(e.has("a.md", "When?"), e.ExpectCount(upload, 0), e.ExpectCount(ask, 1)), ConfigStateChecks: []statecheck.StateCheck{isTrained, noFailure}},
	)
}

// TestUnreadableStatus: a status in an unknown form ends the wait, and is a failure of this document alone.
func TestUnreadableStatus(t *testing.T) {
	t.Parallel()
	e := start(t, func(q *mockhub.Quirks) { q.TrainingTime = time.Hour })
	e.Inject(mockhub.Fault{Route: list, Times: -1, Mutate: func(answer []byte) []byte {
		return []byte(strings.ReplaceAll(string(answer), `"status":"`, `"status":7,"was":"`))
	}})
	e.Test(t, resource.TestStep{Config: e.config(faq), ExpectNonEmptyPlan: true, ConfigStateChecks: []statecheck.StateCheck{keysOf("failed", "When?"), keysOf("source_ids", "When?")}})
}

// TestSuccessorIsKept: a new source that an apply did not wait for is used by the next one, also when the old source is gone by then, or is
// deleted first.
func TestSuccessorIsKept(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		arguments string
		delete    bool
	}{"the old source is gone": {"", true}, "before the upload": {"\nreplace = \"before_upload\"", false}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t)
			e.files(map[string]string{"a.md": "a"})
			e.Test(t,
				resource.TestStep{Config: e.config(e.folder())},
				resource.TestStep{PreConfig: func() {
					e.SetQuirks(func(q *mockhub.Quirks) { q.TrainingTime = time.Hour })
					e.files(map[string]string{"a.md": "a2"})
				}, Config: e.config(e.folder() + "\ntimeouts = { update = \"3s\" }"), ExpectError: regexp.MustCompile(`the\s+timeout\s+expired`)},
				resource.TestStep{PreConfig: func() {
					e.Clock().Advance(2 * time.Hour)
					e.SetQuirks(func(q *mockhub.Quirks) { q.TrainingTime = 0 })
					for _, s := range e.Sources(e.chatbot) {
						if c.delete && s.FileName == "a.md" {
							e.RemoveSource(s.UUID)
						}
					}
					e.Forget()
				}, Config: e.config(e.folder() + c.arguments), Check: resource.ComposeTestCheckFunc(e.has(successor("a.md", "a2")), e.ExpectCount(upload, 0)), ConfigStateChecks: []statecheck.StateCheck{isTrained, noFailure}},
			)
		})
	}
}

// TestConflictAfterDelete: a conflict with another source is reported although the same apply has deleted sources, for which creates wait.
func TestConflictAfterDelete(t *testing.T) {
	t.Parallel()
	e := start(t)
	e.files(map[string]string{"a.md": "a"})
	config := e.config(e.folder() + "\nreplace = \"before_upload\"")
	e.Test(t,
		resource.TestStep{Config: config},
		resource.TestStep{PreConfig: func() {
			e.AddSource(e.chatbot, mockhub.Source{Type: "upload", FileName: "b.md", FileSize: 9, Status: "success"})
			e.files(map[string]string{"a.md": "a2", "b.md": "b"})
		}, Config: config, ExpectError: regexp.MustCompile(`(?s)already\s+has\s+the\s+source.*b\.md`)},
		resource.TestStep{PreConfig: func() {
			for _, s := range e.Sources(e.chatbot) {
				if s.FileName == "b.md" {
					e.RemoveSource(s.UUID)
				}
			}
		}, Config: config, Check: e.has("a.md", "b.md")},
	)
}
