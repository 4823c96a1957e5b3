package answertest

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-log/tflog"
	"golang.org/x/sync/errgroup"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// maxParallel is how many sessions are open for questions at a time.
const maxParallel = 2

// run is one apply.
type run struct {
	*Resource
	plan, state model
	tries       int // the largest number of tries of a case
	variables   map[string]string
	sources     sourceNames
	unknown     []string // cited names that no source has
	cases       []*verdict

	mu        sync.Mutex
	stopped   error              // why no more cases are asked; nil if they are
	kept      map[string]hub.ID  // the session of each case that remains
	unwanted  []session          // sessions to delete
	remaining []remainingSession // sessions that could not be deleted
	prior     map[string]string  // answers of the state that are kept
}

// newRun returns an apply that asks nothing.
func newRun(r *Resource, plan, state model) *run {
	return &run{Resource: r, plan: plan, state: state, tries: 1 + int(plan.Confirm.ValueInt64()), variables: base.StringMap(plan.Variables), kept: state.keptSessions(), prior: map[string]string{}}
}

// begin returns the apply of a plan. It returns false after an error, when nothing may be asked.
func (r *Resource) begin(ctx context.Context, plan, state model, diags *diag.Diagnostics) (*run, bool) {
	w := newRun(r, plan, state)
	all, err := casesOf(plan.Cases)
	if err != nil {
		diags.AddAttributeError(path.Root("cases"), "Invalid regular expression", "A regular expression of a case "+base.NotRegex(reasonOf(err)))
		return nil, false
	}
	asked, answers := plan.asks(state), base.StringMap(state.Answers)
	for i := range all {
		if asked[all[i].name] {
			w.cases = append(w.cases, &verdict{testCase: all[i]})
		} else {
			w.prior[all[i].name] = answers[all[i].name]
		}
	}
	for _, name := range plan.obsolete(state) {
		w.discard(name)
	}
	if len(w.cases) == 0 {
		return w, true
	}
	ok := w.affordable(ctx, diags) && w.readSources(ctx, diags)
	return w, ok
}

// perform asks the cases and deletes sessions, also after ctx has ended.
func (w *run) perform(ctx context.Context) {
	late, done := withGrace(ctx, deleteGrace)
	defer done()
	w.do(ctx, late)
	w.deleteSessions(late)
}

// do asks the cases: all once, and those that miss again until they are decided. late is the context for the deletion of sessions.
func (w *run) do(ctx, late context.Context) {
	open := w.cases
	for n := 0; len(open) > 0; n++ {
		if n > 0 {
			tflog.Info(ctx, fmt.Sprintf("asking %s that missed again", base.Count(len(open), "case")), map[string]any{"cases": namesOf(open)})
			if err := w.Hub.PauseBeforeRepeat(ctx, n); err != nil {
				w.stop(err)
			}
		}
		w.each(ctx, late, open)
		var next []*verdict
		for _, v := range open {
			if !v.decided(w.tries) {
				next = append(next, v)
			}
		}
		tflog.Info(ctx, fmt.Sprintf("asked %s, %d to be asked again", base.Count(len(open), "case"), len(next)))
		open = next
	}
	for _, v := range w.cases { // a case that was measured has a new session, or none
		if v.err != nil {
			continue // the session of an earlier miss, if there is one, remains until an answer takes its place
		}
		w.discard(v.name)
		if v.session != "" {
			w.kept[v.name] = v.session
		}
	}
}

// each tries cases once, maxParallel at a time.
func (w *run) each(ctx, late context.Context, cases []*verdict) {
	var g errgroup.Group
	g.SetLimit(maxParallel)
	for _, v := range cases {
		g.Go(func() error {
			if err := w.stoppedBy(ctx); err != nil {
				w.notMeasured(v, err)
			} else if err := base.Recovered(func() error { return w.try(ctx, late, v) }); err != nil {
				w.notMeasured(v, err)
			}
			tflog.Info(ctx, "asked a case", map[string]any{"case": v.name, "tries": v.tried(), "passed": v.passes, "measured": v.err == nil})
			return nil
		})
	}
	_ = g.Wait() // each case has its own error
}

// notMeasured records that a case could not be measured. Its sessions are not kept.
func (w *run) notMeasured(v *verdict, err error) {
	v.err = err
	w.dropSessions(v)
	if endsRun(err) {
		w.stop(err)
	}
}

// endsRun reports whether an error would be the error of all further cases.
func endsRun(err error) bool {
	e := hub.AsError(err)
	open, _ := errors.AsType[*openError](err)
	answer, _ := errors.AsType[*hub.AnswerError](err)
	return open != nil || answer != nil && answer.HTML || e != nil && e.HTML || hub.IsUnauthorized(err) || hub.IsThrottled(err) || hub.IsBlocked(err) || isRefused(err) || errors.Is(err, errNoChatbot)
}

// stop has no more cases asked.
func (w *run) stop(err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.stopped == nil {
		w.stopped = err
	}
}

// stoppedBy returns why no case may be asked, or nil.
func (w *run) stoppedBy(ctx context.Context) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if w.stopped != nil {
		return &notAskedError{w.stopped}
	}
	return nil
}

// namesOf returns the names of cases.
func namesOf(cases []*verdict) []string {
	names := make([]string, 0, len(cases))
	for _, v := range cases {
		names = append(names, v.name)
	}
	return names
}
