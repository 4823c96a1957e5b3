package source_test

import (
	"fmt"
	"regexp"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

const page = `url = "https://example.com/prices"`

// maxAge returns a configuration of a page with a limit for its age. "1ns" is always exceeded, and "1000h" never.
func maxAge(e *acctest.Env, chatbot, age string, more ...string) string {
	return e.Config(source(chatbot, append(more, page, fmt.Sprintf("max_age = %q", age))...))
}

// imported returns a configuration that imports a source.
func imported(config, chatbot, id string) string {
	return config + fmt.Sprintf("import {\n to = %s\n id = \"%s/%s\"\n}\n", address, chatbot, id)
}

// unknown are the values that a training can change.
func unknownAfterTraining() resource.ConfigPlanChecks {
	checks := []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, plancheck.ResourceActionUpdate)}
	for _, name := range []string{"status", "trained", "tokens", "file_size", "title", "modified_at"} {
		checks = append(checks, plancheck.ExpectUnknownValue(address, tfjsonpath.New(name)))
	}
	return resource.ConfigPlanChecks{PreApply: checks}
}

// TestMaxAge: a page that was trained too long ago is fetched again in place, in a plan in which nothing else changes. One that is not too old,
// and one without a limit, is no difference.
func TestMaxAge(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t)
	chatbot := e.SeedChatbot()
	noop := planned(plancheck.ResourceActionNoop)
	e.Test(t,
		resource.TestStep{Config: maxAge(e, chatbot, "1000h")},
		resource.TestStep{PreConfig: e.Forget, Config: maxAge(e, chatbot, "1000h"), ConfigPlanChecks: noop, Check: e.ExpectCount(rescrape, 0)},
		resource.TestStep{Config: maxAge(e, chatbot, "2000h"), ConfigPlanChecks: unknownAfterTraining(), Check: e.ExpectCount(rescrape, 0)}, // it could pass until the apply
		resource.TestStep{Config: maxAge(e, chatbot, "1ns"), ExpectNonEmptyPlan: true, ConfigPlanChecks: unknownAfterTraining(), Check: e.ExpectCount(rescrape, 1), ConfigStateChecks: []statecheck.StateCheck{trained}},
		resource.TestStep{PreConfig: e.Forget, Config: maxAge(e, chatbot, "1ns"), ExpectNonEmptyPlan: true, ConfigPlanChecks: unknownAfterTraining(), Check: e.ExpectCount(rescrape, 1)},
		resource.TestStep{PreConfig: e.Forget, Config: e.Config(source(chatbot, page)), ConfigPlanChecks: planned(plancheck.ResourceActionUpdate), Check: e.ExpectCount(rescrape, 0)},
		resource.TestStep{PreConfig: e.Forget, Config: e.Config(source(chatbot, page)), ConfigPlanChecks: noop, Check: e.ExpectCount(rescrape, 0)},
	)
}

// TestMaxAgeWithOtherChanges: the age does not count where anything else changes, because the final plan of the apply is made later. An address in
// another form is no change, and a changed trigger trains once.
func TestMaxAgeWithOtherChanges(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t)
	chatbot := e.SeedChatbot()
	trigger := func(v string) string { return fmt.Sprintf("retrain_triggers = { v = %q }", v) }
	titled := []string{trigger("2"), `title = "T"`}
	e.Test(t,
		resource.TestStep{Config: maxAge(e, chatbot, "1ns", trigger("1")), ExpectNonEmptyPlan: true},
		resource.TestStep{PreConfig: e.Forget, Config: maxAge(e, chatbot, "1ns", trigger("2")), ExpectNonEmptyPlan: true, Check: e.ExpectCount(rescrape, 1)},
		resource.TestStep{PreConfig: e.Forget, Config: maxAge(e, chatbot, "1ns", titled...), ExpectNonEmptyPlan: true, Check: resource.ComposeTestCheckFunc(e.ExpectCount(rescrape, 0), e.ExpectCount(update, 1))},
		resource.TestStep{PreConfig: e.Forget, Config: maxAge(e, chatbot, "1ns", append(titled, `wait_for_training = false`)...), ExpectNonEmptyPlan: true, Check: e.ExpectCount(rescrape, 0)},
		resource.TestStep{PreConfig: e.Forget, Config: e.Config(source(chatbot, append(titled, `url = "https://Example.com/prices/"`, `max_age = "1ns"`)...)), ExpectNonEmptyPlan: true, Check: e.ExpectCount(rescrape, 0)}, // wait_for_training
		resource.TestStep{PreConfig: e.Forget, Config: e.Config(source(chatbot, append(titled, `url = "https://Example.com/prices/"`, `max_age = "1ns"`)...)), ExpectNonEmptyPlan: true, Check: e.ExpectCount(rescrape, 1)},
	)
}

// TestMaxAgeOfFailures: a training that the service refuses to begin, or that fails, is an error, and the next apply trains.
func TestMaxAgeOfFailures(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		fail  func(e *acctest.Env, id string)
		want  string
		again int // trainings of the next apply
	}{
		"refused": {func(e *acctest.Env, _ string) {
			e.Inject(mockhub.Fault{Route: rescrape, Status: 500, Times: -1})
			e.Inject(mockhub.Fault{Route: restart, Status: 500, Times: -1})
		}, `Unable to train source`, 1},
		"failed": {func(e *acctest.Env, id string) {
			e.EditSource(id, func(s *mockhub.Source) { s.FailsWith, s.FailuresLeft = "error:token", 1 })
		}, `Source could not be trained`, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t)
			chatbot := e.SeedChatbot()
			e.Test(t,
				resource.TestStep{Config: maxAge(e, chatbot, "1ns"), ExpectNonEmptyPlan: true},
				resource.TestStep{PreConfig: func() { c.fail(e, only(t, e, chatbot).UUID) }, Config: maxAge(e, chatbot, "1ns"), ExpectError: regexp.MustCompile(c.want)},
				resource.TestStep{PreConfig: func() { e.ClearFaults(); e.Forget() }, Config: maxAge(e, chatbot, "1ns"), ExpectNonEmptyPlan: true, Check: e.ExpectCount(rescrape, c.again), ConfigStateChecks: []statecheck.StateCheck{trained}},
			)
		})
	}
}

// TestMaxAgeOfImported: the age of a page that was imported counts from the last time that the service shows, until it is trained. Without such
// a time nothing is trained.
func TestMaxAgeOfImported(t *testing.T) {
	t.Parallel()
	now := time.Now()
	long := now.Add(-500 * time.Hour)
	for name, c := range map[string]struct {
		created, modified time.Time
		short             bool
		want              int
	}{
		"old":              {long, long, false, 1},
		"changed since":    {long, now, false, 0},
		"new":              {now, long, false, 0},
		"no time is shown": {long, long, true, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t)
			if c.short {
				times := regexp.MustCompile(`"(created|modified)_at":"[^"]*",`)
				e.Inject(mockhub.Fault{Route: list, Times: -1, Mutate: func(answer []byte) []byte { return times.ReplaceAll(answer, nil) }})
			}
			chatbot := e.SeedChatbot()
			id := e.AddSource(chatbot, mockhub.Source{Type: "link", FileName: "https://example.com/prices"})
			e.EditSource(id, func(s *mockhub.Source) { s.CreatedAt, s.ModifiedAt = c.created, c.modified })
			config := maxAge(e, chatbot, "100h")
			e.Test(t,
				resource.TestStep{Config: imported(config, chatbot, id), ConfigPlanChecks: planned(plancheck.ResourceActionUpdate), Check: e.ExpectCount(rescrape, c.want)},
				resource.TestStep{PreConfig: e.Forget, Config: config, ConfigPlanChecks: planned(plancheck.ResourceActionNoop), Check: e.ExpectCount(rescrape, 0)},
			)
		})
	}
}

// TestMaxAgeNotWaiting: without a wait, a training that began is not too old.
func TestMaxAgeNotWaiting(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t, slow)
	chatbot := e.SeedChatbot()
	id := e.AddSource(chatbot, mockhub.Source{Type: "link", FileName: "https://example.com/prices"})
	e.EditSource(id, func(s *mockhub.Source) {
		s.CreatedAt, s.ModifiedAt = time.Now().Add(-time.Hour), time.Now().Add(-time.Hour)
	})
	config := maxAge(e, chatbot, "30m", `wait_for_training = false`)
	e.Test(t,
		resource.TestStep{Config: imported(config, chatbot, id), Check: e.ExpectCount(rescrape, 1)},
		resource.TestStep{PreConfig: e.Forget, Config: config, ConfigPlanChecks: planned(plancheck.ResourceActionNoop), Check: e.ExpectCount(rescrape, 0)},
	)
}

// TestMaxAgeBadInput is refused at plan, without a request.
func TestMaxAgeBadInput(t *testing.T) {
	t.Parallel()
	for argument, want := range map[string]string{
		question + "\nmax_age = \"1h\"":                                   `(?s)max_age.*url|url.*max_age`,
		`file = { content = "A", name = "a.txt" }` + "\nmax_age = \"1h\"": `(?s)max_age.*url|url.*max_age`,
		page + "\nmax_age = \"\"":                                         `duration with a unit`,
		page + "\nmax_age = \"0s\"":                                       `positive duration with a unit`,
		page + "\nmax_age = \"-1h\"":                                      `positive duration with a unit`,
		page + "\nmax_age = \"1 day\"":                                    `duration with a unit`,
	} {
		t.Run(argument, func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t)
			e.Test(t, resource.TestStep{Config: e.Config(source(e.SeedChatbot(), argument)), ExpectError: regexp.MustCompile(want)})
			if n := len(e.Requests()); n != 0 {
				t.Errorf("%d requests", n)
			}
		})
	}
}
