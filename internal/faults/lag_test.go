package faults_test

import (
	"testing"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/provider"
)

// scale is the factor by which the delays of these tests are shorter than real ones. Times of the service have whole seconds, so it cannot
// be much larger.
const scale = 20

// slowly sets the provider's default waits, divided by scale. It overrides the shorter waits that tests use otherwise.
func slowly(cfg *hub.Config) {
	cfg.Lag, cfg.Settle, cfg.PollInterval, cfg.PollFirst = 30*time.Second/scale, 5*time.Second/scale, 5*time.Second/scale, time.Second/scale
}

// TestLaggingLists creates, reads, updates and deletes every kind of object while the lists are behind (goals.md R5). A plan directly after
// each run is empty, and nothing is removed from the state.
func TestLaggingLists(t *testing.T) {
	t.Parallel()
	var f figures
	t.Cleanup(func() {
		f.print("R5", "cases", "most behind s", "runs", "refreshed", "differences", "lost", "ghosts", "panics")
	})
	for _, behind := range []time.Duration{0, 3 * time.Second, 12 * time.Second, 30 * time.Second} {
		t.Run(behind.String(), func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t, func(q *mockhub.Quirks) { q.ListLag = behind / scale })
			l := &lagging{run{terraform: attach(t, provider.Option(slowly)), Env: e, figures: &f}}
			f.add("cases", 1)
			f.most("most behind s", int(behind.Seconds()))
			l.write(allKinds(e, 1))
			l.does("the create", l.apply)
			l.unchanged("create")
			l.write(allKinds(e, 2))
			l.does("the update", l.apply)
			l.does("the refresh", l.refresh)
			l.unchanged("update")
			l.does("the destroy", l.destroy)
			l.empty(false)
		})
	}
}

// lagging is a run with lists that are behind.
type lagging struct{ run }

// refresh runs an apply that only refreshes the state.
func (l *lagging) refresh() (ok bool, output string) {
	l.Helper()
	code, output := l.terraform.run("apply", "-refresh-only", "-auto-approve")
	return code == 0, output
}

// does runs a step that must succeed, and compares the state with the service.
func (l *lagging) does(what string, step func() (bool, string)) {
	l.Helper()
	l.succeed(what, step)
	l.add("runs", 1)
	state := l.state()
	l.add("refreshed", len(state))
	a := compare(l.Env, state)
	l.add("lost", len(a.orphans))
	l.add("ghosts", len(a.ghosts))
	if len(a.orphans)+len(a.ghosts)+len(a.twice)+len(a.tainted) > 0 {
		l.Errorf("after %s: %+v", what, a)
	}
}

// unchanged fails the test unless the plan is empty.
func (l *lagging) unchanged(after string) {
	l.Helper()
	empty, output := l.plan()
	l.sane(output)
	l.add("runs", 1)
	if !empty {
		l.add("differences", 1)
		l.Errorf("the plan right after the %s is not empty:\n%s", after, output)
	}
}
