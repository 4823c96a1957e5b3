package source_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// hurry moves the service's clock by d with each list of sources: time passes by looking.
func hurry(e *acctest.Env, d time.Duration) {
	e.Inject(mockhub.Fault{Route: list, Times: -1, Mutate: func(answer []byte) []byte { e.Clock().Advance(d); return answer }})
}

func slow(q *mockhub.Quirks) { q.TrainingTime = time.Minute }

// marked is a question whose training fails as the marker says.
func marked(marker string) string {
	return fmt.Sprintf(`qa = { question = "fail-%s.", answer = "x" }`, marker)
}

var trained = has("trained", knownvalue.Bool(true))

// TestStatuses: a wait continues through every status of a training: those of the documentation, of the SDK, and unknown ones.
func TestStatuses(t *testing.T) {
	t.Parallel()
	for name, statuses := range map[string][]string{"docs": mockhub.DocsStatuses(), "SDK": {"await", "queued", "pending", "extracting", "chunking", "embedding"}, "new": {"dreaming", "Almost There"}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t, slow, func(q *mockhub.Quirks) { q.TrainingStatuses = statuses })
			hurry(e, 5*time.Second)
			e.Test(t, resource.TestStep{Config: e.Config(source(e.SeedChatbot(), question)), ConfigStateChecks: []statecheck.StateCheck{trained}})
		})
	}
}

// TestFailures: the error has the service's words and what they mean; the source is kept, tainted.
func TestFailures(t *testing.T) {
	t.Parallel()
	for marker, meaning := range map[string]string{
		"fail": `gave\s+no\s+reason`, "error": `gave\s+no\s+reason`, "error:token": `limit\s+of\s+training\s+tokens`, "error:storage": `storage\s+is\s+full`,
		"error:no text": `found\s+no\s+text`, "error:quantum flux": `gave\s+no\s+reason`, "error:image upload limit": `limit\s+of\s+images`, "error:invalid url": `address`, "error:invalid file": `damaged`,
	} {
		t.Run(marker, func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t)
			chatbot := e.SeedChatbot()
			config := e.Config(source(chatbot, marked(marker)))
			e.Test(t, resource.TestStep{Config: config, ExpectError: regexp.MustCompile(`(?s)Source could not be trained.*"` + strings.ReplaceAll(marker, " ", `\s+`) + `".*` + meaning)},
				resource.TestStep{PreConfig: func() { only(t, e, chatbot) }, Config: e.Config(source(chatbot, question)), ConfigPlanChecks: planned(plancheck.ResourceActionDestroyBeforeCreate)})
			if n := e.Count(restart); n != 0 {
				t.Errorf("a final failure was restarted %d times", n)
			}
		})
	}
}

// TestTransientFailures are restarted by themselves, three times at most.
func TestTransientFailures(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		argument, want string
		route          string
		restarts       int
	}{
		"once":   {marked("1x-error:rate limit"), "", restart, 1},
		"thrice": {marked("3x-error:download"), "", restart, 3},
		"always": {marked("9x-error:rate limit"), `(?s)"error:rate\s+limit".*restarted\s+the\s+training\s+3\s+times`, restart, 3},
		"page":   {`url = "https://example.com/fail-1x-error:scraper_rate_limit"`, "", rescrape, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t)
			step := resource.TestStep{Config: e.Config(source(e.SeedChatbot(), c.argument))}
			if c.want != "" {
				step.ExpectError = regexp.MustCompile(c.want)
			} else {
				step.ConfigStateChecks = []statecheck.StateCheck{trained}
			}
			e.Test(t, step)
			if n := e.Count(c.route); n != c.restarts {
				t.Errorf("%d restarts, want %d", n, c.restarts)
			}
		})
	}
}

// TestTimeout: the source is saved and not tainted; the next apply waits on and uploads nothing.
func TestTimeout(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t, slow)
	chatbot := e.SeedChatbot()
	config := e.Config(source(chatbot, `file = { content = "Hello", name = "a.txt" }`, `timeouts = { create = "300ms", update = "1m" }`))
	e.Test(t,
		resource.TestStep{Config: config, ExpectNonEmptyPlan: true, ConfigStateChecks: []statecheck.StateCheck{has("trained", knownvalue.Bool(false)), has("status", knownvalue.StringExact("await"))}},
		resource.TestStep{PreConfig: func() { hurry(e, 5*time.Second); e.Forget() }, Config: config, ConfigPlanChecks: planned(plancheck.ResourceActionUpdate),
			Check: e.ExpectCount(upload, 0), ConfigStateChecks: []statecheck.StateCheck{trained}},
	)
}

// TestNotWaiting: an apply does not wait, and whatever the training does is no diff.
func TestNotWaiting(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t, slow)
	e.ThroughCLI()
	chatbot := e.SeedChatbot()
	config := e.Config(source(chatbot, question, `wait_for_training = false`))
	e.Test(t,
		resource.TestStep{Config: config, ConfigStateChecks: []statecheck.StateCheck{has("trained", knownvalue.Bool(false))}},
		resource.TestStep{PreConfig: func() { e.SetSourceStatus(only(t, e, chatbot).UUID, "error:token") }, Config: config, ConfigPlanChecks: planned(plancheck.ResourceActionNoop)},
		resource.TestStep{PreConfig: func() { e.SetSourceStatus(only(t, e, chatbot).UUID, "running") }, Config: config, ConfigPlanChecks: planned(plancheck.ResourceActionNoop)},
		resource.TestStep{PreConfig: func() {
			e.SetSourceStatus(only(t, e, chatbot).UUID, "")
			e.Clock().Advance(50 * time.Second)
			hurry(e, 5*time.Second)
		},
			Config: e.Config(source(chatbot, question)), ConfigPlanChecks: planned(plancheck.ResourceActionUpdate), Check: e.ExpectCount(restart, 0), ConfigStateChecks: []statecheck.StateCheck{trained}},
	)
}

// TestFailedBefore: a source that failed after a Ctrl-C, or before its import, is never an empty plan while waiting is on; the update
// restarts its training first.
func TestFailedBefore(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t)
	chatbot := e.SeedChatbot()
	id := e.AddSource(chatbot, mockhub.Source{Type: "qa", Question: "When are you open?", Answer: "From 9 to 18.", Status: "error:token"})
	e.Test(t, resource.TestStep{Config: e.Config(source(chatbot, question) + fmt.Sprintf("import {\n to = %s\n id = \"%s/%s\"\n}\n", address, chatbot, id)),
		ConfigPlanChecks: planned(plancheck.ResourceActionUpdate), Check: e.ExpectCount(restart, 1), ConfigStateChecks: []statecheck.StateCheck{trained}})
}

// TestRetrain: a changed trigger trains again, in place. One that fails keeps the old triggers, so that the next apply trains again.
func TestRetrain(t *testing.T) {
	t.Parallel()
	for kind, c := range map[string]struct{ argument, route string }{"qa": {question, restart}, "page": {`url = "https://example.com/a"`, rescrape}} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t)
			chatbot := e.SeedChatbot()
			config := func(v int) string {
				return e.Config(source(chatbot, c.argument, fmt.Sprintf("retrain_triggers = { v = %d }", v)))
			}
			update := planned(plancheck.ResourceActionUpdate)
			e.Test(t,
				resource.TestStep{Config: e.Config(source(chatbot, c.argument))},
				resource.TestStep{PreConfig: e.Forget, Config: config(1), ConfigPlanChecks: update, Check: e.ExpectCount(c.route, 0)}, // the first ones are taken on
				resource.TestStep{Config: config(2), ConfigPlanChecks: update, Check: e.ExpectCount(c.route, 1), ConfigStateChecks: []statecheck.StateCheck{trained}},
				resource.TestStep{PreConfig: func() {
					e.EditSource(only(t, e, chatbot).UUID, func(s *mockhub.Source) { s.FailsWith, s.FailuresLeft = "error:token", 1 })
				}, Config: config(3), ExpectError: regexp.MustCompile(`(?s)Source could not be trained`)},
				resource.TestStep{PreConfig: e.Forget, Config: config(3), ConfigPlanChecks: update, Check: e.ExpectCount(c.route, 1), ConfigStateChecks: []statecheck.StateCheck{trained}},
				resource.TestStep{PreConfig: e.Forget, Config: e.Config(source(chatbot, c.argument)), ConfigPlanChecks: update, Check: e.ExpectCount(c.route, 0)},
			)
		})
	}
}

// TestPollFaults: the wait continues after a failed poll.
func TestPollFaults(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t, slow)
	for _, f := range []mockhub.Fault{{Status: 502, Times: 6}, {Status: 429, Times: 6}, {HTML: true}, {Truncate: 30, Times: 6}, {Body: `[]`, Times: 2}, {Body: `null`}, {Status: 500}, {Drop: true, Times: 6}} {
		f.Route = list
		e.Inject(f)
	}
	hurry(e, 5*time.Second)
	e.Test(t, resource.TestStep{Config: e.Config(source(e.SeedChatbot(), question)), ConfigStateChecks: []statecheck.StateCheck{trained}})
	if left := e.FaultsLeft(); left != 0 {
		t.Errorf("%d faults were not met", left)
	}
}

// TestDeletedInTraining: the source or its chatbot is deleted while an apply waits for the training.
func TestDeletedInTraining(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t, slow)
	chatbot := e.SeedChatbot()
	e.Inject(mockhub.Fault{Route: list, Mutate: func(answer []byte) []byte { go e.RemoveSource(only(t, e, chatbot).UUID); return answer }})
	e.Test(t, resource.TestStep{Config: e.Config(source(chatbot, question)), ExpectError: regexp.MustCompile(`(?s)Unable to train source.*does\s+not\s+exist`)})
}

// TestChangedBetweenPlanAndUpload: the apply notices another content, also of the same size, and sends nothing of it.
func TestChangedBetweenPlanAndUpload(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t)
	chatbot, dir := e.SeedChatbot(), t.TempDir()
	path := filepath.Join(dir, "a.txt")
	for name, later := range map[string]string{"another": "two", "longer": "three", "empty": ""} {
		if err := os.WriteFile(path, []byte("one"), 0o600); err != nil {
			t.Fatal(err)
		}
		config := acctest.Strings(map[string]string{"chatbot_id": chatbot})
		config["file"] = fileValue(map[string]string{"path": path})
		config["wait_for_training"] = tftypes.NewValue(tftypes.Bool, true)
		diags := e.Server(t).Create("aichatbothub_source", config, func() {
			if err := os.WriteFile(path, []byte(later), 0o600); err != nil {
				t.Fatal(err)
			}
		})
		if len(diags) != 1 || !strings.Contains(diags[0].Summary, "File changed after the plan") && !strings.Contains(diags[0].Summary, "Invalid file") {
			t.Errorf("%s: %v", name, diags)
		}
		if left := e.Sources(chatbot); len(left) > 0 {
			t.Errorf("%s: %d sources are left", name, len(left))
		}
	}
}

// TestInterruptedRetrain: the timeout expires before a list shows the restarted training. The state is not that of a trained source.
func TestInterruptedRetrain(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t)
	chatbot := e.SeedChatbot()
	config := func(v int, timeout string) string {
		return e.Config(source(chatbot, question, fmt.Sprintf("retrain_triggers = { v = %d }", v), fmt.Sprintf("timeouts = { update = %q }", timeout)))
	}
	e.Test(t, resource.TestStep{Config: config(1, "1m")}, resource.TestStep{
		PreConfig: func() { e.SetQuirks(slow) }, Config: config(2, "1ns"), ExpectNonEmptyPlan: true, ConfigStateChecks: []statecheck.StateCheck{has("trained", knownvalue.Bool(false))},
	}, resource.TestStep{PreConfig: func() { hurry(e, 5*time.Second); e.Forget() }, Config: config(2, "1m"), Check: e.ExpectCount(restart, 0), ConfigStateChecks: []statecheck.StateCheck{trained}})
}

// TestMovedKey: the key of for_each changes and the file name does not, so the old source is deleted while the new one is created.
func TestMovedKey(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t)
	chatbot := e.SeedChatbot()
	none(t, e, chatbot)
	config := func(name string) string { // two names stand for two keys, which the test library does not know
		return e.Config(strings.Replace(source(chatbot, `file = { content = "Hello", name = "a.txt" }`), `"t"`, fmt.Sprintf("%q", name), 1))
	}
	// The create waits in the service until the delete has come, as it may with many objects.
	deleted, created := make(chan struct{}, 1), make(chan struct{})
	go func() { <-deleted; close(created) }()
	e.Test(t, resource.TestStep{Config: config("old")}, resource.TestStep{PreConfig: func() {
		e.Inject(mockhub.Fault{Route: upload, Process: true, Hold: created, Mutate: func(b []byte) []byte { return b }})
		e.Inject(mockhub.Fault{Route: remove, Reached: deleted, Mutate: func(b []byte) []byte { return b }})
	}, Config: config("new")})
}
