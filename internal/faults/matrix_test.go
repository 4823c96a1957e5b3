package faults_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// TestMain discards the log output of the library that serves the provider, so that the figures are readable.
func TestMain(m *testing.M) {
	if null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0); err == nil {
		os.Stderr = null
	}
	os.Exit(m.Run())
}

// figures are the counts of a test.
type figures struct {
	mu     sync.Mutex
	counts map[string]int
}

// add adds n to a count.
func (f *figures) add(what string, n int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.counts == nil {
		f.counts = map[string]int{}
	}
	f.counts[what] += n
}

// most sets a count to n if n is larger.
func (f *figures) most(what string, n int) {
	f.add(what, 0)
	f.mu.Lock()
	defer f.mu.Unlock()
	f.counts[what] = max(f.counts[what], n)
}

// print writes the counts in one line.
func (f *figures) print(title string, names ...string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	line := title + ":"
	for _, name := range names {
		line += fmt.Sprintf(" %s=%d", strings.ReplaceAll(name, " ", "_"), f.counts[name])
	}
	fmt.Println(line)
}

// seeds returns the seeds of the cases to run: the one of FAULT_SEED, else FAULT_CASES divided by share, else the usual number.
func seeds(t *testing.T, usual, share int) []uint64 {
	t.Helper()
	if one := os.Getenv("FAULT_SEED"); one != "" {
		seed, err := strconv.ParseUint(one, 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		return []uint64{seed}
	}
	if n, err := strconv.Atoi(os.Getenv("FAULT_CASES")); err == nil {
		usual = n / share
	}
	all := make([]uint64, usual)
	for i := range all {
		all[i] = uint64(i + 1)
	}
	return all
}

// TestFaults injects one fault into an apply, a refresh or a destroy (goals.md R1). Afterwards every object of the service is in the state,
// and the next apply converges to the configuration.
func TestFaults(t *testing.T) {
	t.Parallel()
	testFaults(t, "R1", everything, seeds(t, 24, 1))
}

// TestFaultsOfKnowledgeBase is TestFaults for a knowledge base alone, whose applies send many requests of many kinds.
func TestFaultsOfKnowledgeBase(t *testing.T) {
	t.Parallel()
	testFaults(t, "R1 knowledge base", documentsOnly, seeds(t, 6, 1))
}

// testFaults runs a case for each seed.
func testFaults(t *testing.T, title string, of scene, seeds []uint64) {
	t.Helper()
	var f figures
	t.Cleanup(func() {
		f.print(title, "cases", "hit", "failed runs", "orphans", "duplicates", "lost", "tainted", "tainted wrongly", "panics", "foreign requests", "converged after 1", "converged after 2")
	})
	for _, seed := range seeds {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			t.Parallel()
			var foreign atomic.Int64
			elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { foreign.Add(1) }))
			t.Cleanup(elsewhere.Close)
			e := acctest.Start(t)
			r := &run{terraform: attach(t), Env: e, chaos: newChaos(seed, of, e, elsewhere.URL), figures: &f}
			t.Cleanup(func() {
				if t.Failed() {
					t.Logf("%s\nRun it alone: FAULT_SEED=%d make test-faults", r.name, seed)
				}
			})
			f.add("cases", 1)
			r.run()
			if n := int(foreign.Load()); n > 0 {
				f.add("foreign requests", n)
				t.Errorf("%d requests went to another host", n)
			}
		})
	}
}

// hit reports whether a request met the fault.
func hit(r mockhub.Request) bool { return r.Fault }

// run is one case.
type run struct {
	*terraform
	*acctest.Env
	*chaos
	*figures
}

// run prepares the phase, injects the fault, checks the state, and converges.
func (r *run) run() {
	arguments := []string{fmt.Sprintf("max_retries = %d", r.retries)}
	if r.fault.Hold != nil {
		arguments = append(arguments, `request_timeout = "2s"`)
	}
	r.write(r.scene.config(r.Env, 1, arguments...))
	if r.phase != "create" {
		r.succeed("the first apply", r.apply)
	}
	if r.phase == "update" {
		r.write(r.scene.config(r.Env, 2, arguments...))
	}
	step := map[string]func() (bool, string){"create": r.apply, "update": r.apply, "refresh": r.plan, "delete": r.destroy}[r.phase]
	before := r.state()
	r.Inject(r.fault)
	ok, output := step()
	if slices.ContainsFunc(r.Requests(), hit) {
		r.add("hit", 1)
	}
	r.ClearFaults()
	r.sane(output)
	r.judge(before, ok, output)
	if r.phase == "delete" {
		if ok {
			r.add("converged after 1", 1)
		} else {
			r.add("converged after 2", 1)
		}
		r.empty(!ok)
		return
	}
	r.converge(ok)
	r.empty(true)
}

// converge expects an empty plan, after one more apply if necessary.
func (r *run) converge(ok bool) {
	r.Helper()
	applies := "converged after 1"
	empty, output := false, ""
	if ok {
		empty, output = r.plan()
		r.sane(output)
	}
	if !empty {
		applies = "converged after 2"
		r.succeed("the next apply", r.apply)
		empty, output = r.plan()
		r.sane(output)
	}
	if !empty {
		r.Errorf("the plan is not empty:\n%s", output)
		return
	}
	r.add(applies, 1)
	a := compare(r.Env, r.state())
	if len(a.orphans)+len(a.ghosts)+len(a.twice) > 0 {
		r.add("duplicates", len(a.orphans))
		r.Errorf("after the next apply: %+v", a)
	}
}

// empty destroys if requested, and expects that nothing is left.
func (r *run) empty(destroy bool) {
	r.Helper()
	if destroy {
		r.succeed("the destroy", r.destroy)
	}
	if left := objects(r.Env); len(left) > 0 {
		r.Errorf("after the destroy there are %v", left)
	}
}

// judge compares the service with the state after the run with the fault.
func (r *run) judge(before []object, ok bool, output string) {
	r.Helper()
	if !ok {
		r.add("failed runs", 1)
	}
	state := r.state()
	a := compare(r.Env, state)
	for _, orphan := range a.orphans {
		kind := "orphans"
		if slices.ContainsFunc(before, func(o object) bool { return strings.HasSuffix(orphan, o.ID) }) {
			kind = "lost"
		}
		r.add(kind, 1)
	}
	for _, o := range state {
		if o.Tainted {
			r.add("tainted", 1)
		}
	}
	r.add("tainted wrongly", len(a.tainted))
	if len(a.orphans)+len(a.twice)+len(a.tainted) > 0 {
		r.Errorf("after the run with the fault: %+v\n%s", a, output)
	}
}

// succeed runs a step that must succeed.
func (r *run) succeed(what string, step func() (bool, string)) {
	r.Helper()
	ok, output := step()
	if r.sane(output); !ok {
		r.Fatalf("%s failed:\n%s", what, output)
	}
}

// sane fails the test if the output has an error that Terraform reports for a bug in a provider.
func (r *run) sane(output string) {
	r.Helper()
	for _, bad := range []string{"Bug in the provider", "a bug in the provider", "panic", "Plugin did not respond", "inconsistent result", "invalid new value", "invalid plan"} {
		if strings.Contains(output, bad) {
			r.add("panics", 1)
			r.Errorf("Terraform said %q:\n%s", bad, output)
		}
	}
}
