package faults_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// TestInterrupts interrupts Terraform while a request is in flight (goals.md R3). Afterwards every id that the service returned is in the
// state, a source in training is not replaced, and the next run completes the work. The time until Terraform ended is printed, not asserted.
func TestInterrupts(t *testing.T) {
	t.Parallel()
	var f figures
	t.Cleanup(func() {
		f.print("R3", "cases", "interrupted", "in training", "silent service", "orphans", "duplicates", "lost", "tainted", "tainted wrongly", "panics", "converged after 2",
			"slowest ms", "slowest ms of silent service")
	})
	for _, seed := range seeds(t, 30, 4) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t, func(q *mockhub.Quirks) { q.TrainingTime = 300 * time.Millisecond })
			i := &interrupt{run: run{terraform: attach(t), Env: e, figures: &f}, reached: make(chan struct{}, 1)}
			i.draw(seed)
			t.Cleanup(func() {
				if t.Failed() {
					t.Logf("%s\nRun it alone: FAULT_SEED=%d make test-faults", i.name, seed)
				}
			})
			f.add("cases", 1)
			i.write(allKinds(e, 1, `max_retries = 1`))
			i.press()
		})
	}
}

// interrupt is a case with one interrupt.
type interrupt struct {
	run
	reached chan struct{} // receives a value when the request is in flight
	silent  bool          // the service does not answer any more
}

// draw derives from a seed in which run and at which request the interrupt comes. The service does the work before or after the interrupt,
// and answers shortly after it or never.
func (i *interrupt) draw(seed uint64) {
	c := &chaos{Rand: rand.New(rand.NewPCG(seed, 2)), env: i.Env}
	c.phase = []string{"create", "create", "delete"}[c.IntN(3)]
	c.fault = mockhub.Fault{Skip: c.IntN(map[string]int{"create": 40, "delete": 20}[c.phase]), Process: c.IntN(2) == 0, Delay: time.Duration(c.IntN(150)) * time.Millisecond, Reached: i.reached}
	if i.silent = c.IntN(12) == 0; i.silent {
		c.fault.Delay, c.fault.Hold, c.fault.Process, c.fault.Times = 0, make(chan struct{}), false, -1
	}
	if c.phase == "create" && c.IntN(4) == 0 { // a poll of sources in training
		c.fault.Route, c.fault.Skip = "GET /chatbot/{uuid}/data-sources", c.IntN(4)
	}
	c.name = fmt.Sprintf("Ctrl-C in %s %s after %d (committed %t, silent %t)", c.phase, c.fault.Route, c.fault.Skip, c.fault.Process, i.silent)
	i.chaos = c
}

// press runs the phase, interrupts it, checks the state, and completes the work.
func (i *interrupt) press() {
	step, args := i.apply, []string{"apply", "-auto-approve"}
	if i.phase == "delete" {
		i.succeed("the first apply", i.apply)
		step, args = i.destroy, []string{"destroy", "-auto-approve"}
	}
	before := i.state()
	i.Inject(i.fault)
	ok, output := i.interrupted(args...)
	i.ClearFaults()
	i.sane(output)
	i.judge(before, ok, output)
	for _, o := range i.state() {
		if o.Tainted && o.Kind == "aichatbothub_source" && i.fault.Route != "" {
			i.add("tainted wrongly", 1)
			i.Errorf("%s was in training and is tainted:\n%s", o.Address, output)
		}
	}
	if i.phase == "delete" {
		i.succeed("the next destroy", step)
		i.add("converged after 2", 1)
		i.empty(false)
		return
	}
	i.converge(ok)
	i.empty(true)
}

// interrupted runs Terraform and interrupts it when the request is in flight.
func (i *interrupt) interrupted(args ...string) (ok bool, output string) {
	i.Helper()
	cmd, out := i.command(args...)
	i.must(cmd.Start())
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	var err error
	select {
	case err = <-ended:
	case <-i.reached:
		i.add("interrupted", 1)
		if i.fault.Route != "" {
			i.add("in training", 1)
		}
		pressed, slowest := time.Now(), "slowest ms"
		if i.silent {
			slowest = "slowest ms of silent service"
			i.add("silent service", 1)
		}
		i.must(cmd.Process.Signal(os.Interrupt))
		err = <-ended
		i.most(slowest, int(time.Since(pressed).Milliseconds()))
		if err != nil && !strings.Contains(out.String(), "Interrupt received") {
			i.Errorf("it did not end by the interrupt: %v\n%s", err, out)
		}
	}
	return err == nil, out.String()
}
