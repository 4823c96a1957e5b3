package source

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

const (
	defaultTimeout = 30 * time.Minute
	maxRestarts    = 3 // of a training that failed for a reason that may pass
	// settling is how many looks a restarted source may still show its old failure, or a new one may be missing from lists.
	settling = 7
)

// begun says what a wait comes after.
type begun int

const (
	created   begun = iota // the source was made just now
	restarted              // its training was restarted just now
	resumed                // an apply before this one left it in training
)

// waiting is one source's wait for its training.
type waiting struct {
	hub      *hub.Client
	m        *resourceModel
	looks    int
	restarts int
	stale    int  // looks that a failure from before a restart is still believed to be an old one
	missed   int  // looks in a row that lacked the source
	pause    int  // looks to sit out before a restart
	created  bool // the source was made in this apply: a failure taints it
	last     error
}

// wait waits until the source is trained. Every look is shared with all who wait in the chatbot. A failure is an error; the end of ctx is
// a warning, because the service goes on by itself: the source is kept, with trained = false, and the next apply waits on.
func (r *Resource) wait(ctx context.Context, m *resourceModel, after begun, diags *diag.Diagnostics) {
	w := &waiting{hub: r.Hub, m: m, created: after == created}
	if after == restarted {
		w.stale = settling
	}
	for {
		sources, err := r.Hub.WaitForSources(ctx, m.chatbot(), w.looks > 0)
		w.looks++
		switch {
		case ctx.Err() != nil:
			w.notTrained(ctx, diags)
			return
		case hub.IsGone(err) || hub.IsUnauthorized(err):
			m.failure("train").Report(diags, err)
			return
		case err != nil: // the training goes on whatever becomes of one look
			w.last = err
			tflog.Warn(ctx, "Could not look at sources in training, will look again", map[string]any{"error": err.Error()})
			continue
		}
		if w.look(ctx, sources, diags) {
			return
		}
	}
}

// look takes one look over and says whether the wait is over.
func (w *waiting) look(ctx context.Context, sources []hub.Source, diags *diag.Diagnostics) bool {
	found := false
	for _, s := range sources {
		if s.ID == w.m.hubID() {
			w.m.readWhole(s)
			found = true
		}
	}
	if !found {
		return w.missing(ctx, diags)
	}
	w.missed = 0
	status := w.m.Status.ValueString()
	s := classify(status)
	tflog.Info(ctx, "Waiting for a source to be trained", map[string]any{"source": w.m.ID.ValueString(), "status": status, "look": w.looks})
	switch {
	case s.done:
		return true
	case !s.failed:
		w.stale = 0
		return false
	case w.stale > 0:
		w.stale--
		return false
	case s.transient && w.restarts < maxRestarts:
		return w.restart(ctx, diags)
	}
	w.failed(status, s, diags)
	return true
}

// missing counts looks without the source: lists can be behind. It is gone when the client confirms it after that.
func (w *waiting) missing(ctx context.Context, diags *diag.Diagnostics) bool {
	if w.missed++; w.missed < settling {
		return false
	}
	w.missed = 0
	if _, err := w.hub.Source(ctx, w.m.chatbot(), w.m.hubID()); hub.IsGone(err) {
		w.m.failure("train").Report(diags, err)
		return true
	}
	return false
}

// restart trains again after a pause that grows: 2, 4 and 8 looks.
func (w *waiting) restart(ctx context.Context, diags *diag.Diagnostics) bool {
	if w.pause == 0 {
		w.pause = 2 << w.restarts
	}
	if w.pause--; w.pause > 0 {
		return false
	}
	w.restarts++
	if err := retrain(ctx, w.hub, w.m); err != nil {
		if ctx.Err() != nil {
			w.notTrained(ctx, diags)
		} else {
			w.m.failure("train").Report(diags, err)
		}
		return true
	}
	w.stale = settling
	return false
}

// failed reports a training that failed for good.
func (w *waiting) failed(status string, s state, diags *diag.Diagnostics) {
	again := ""
	if w.restarts > 0 {
		again = fmt.Sprintf(" It was restarted %d times.", w.restarts)
	}
	next := "trains it again"
	if w.created {
		next = "replaces it (it is tainted)"
	}
	diags.AddError("Source could not be trained", fmt.Sprintf("Source %s: the service says %q. %s%s\n\nThe source exists, and the chatbot cannot answer from it. "+
		"Mend the cause and apply again: that %s.", w.m.object(), status, s.meaning, again, next))
}

// notTrained warns that the wait is over before the training.
func (w *waiting) notTrained(ctx context.Context, diags *diag.Diagnostics) {
	why := "The run was interrupted"
	if errors.Is(context.Cause(ctx), context.DeadlineExceeded) {
		why = "The time in timeouts is over"
	}
	last := ""
	if w.last != nil {
		last = fmt.Sprintf(" The latest look failed: %s.", w.last)
	}
	status := fmt.Sprintf("while source %s had the status %q", w.m.object(), w.m.Status.ValueString())
	if w.m.Status.IsNull() {
		status = fmt.Sprintf("before anything was seen of the training of source %s", w.m.object())
	}
	diags.AddWarning("Source is NOT trained yet", fmt.Sprintf("%s %s.%s The service goes on by itself. "+
		"The source is in the state with trained = false, and the next apply waits on.", why, status, last))
}

// retrain trains a source again: a web page is fetched anew, anything else starts from what the service has.
func retrain(ctx context.Context, c *hub.Client, m *resourceModel) error {
	if m.Type.ValueString() == hub.SourceLink {
		return c.Rescrape(ctx, m.chatbot(), m.hubID())
	}
	return c.RestartTraining(ctx, m.chatbot(), m.hubID())
}
