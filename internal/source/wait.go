package source

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

const (
	defaultTimeout = 30 * time.Minute
	// missingPolls is the number of polls in which a new source may be missing, or its status unreadable.
	missingPolls = 7
)

// waitAfter is what happened before a wait.
type waitAfter int

const (
	afterCreate       waitAfter = iota // the source was created in this apply
	afterRestart                       // its training was restarted in this apply
	afterInterruption                  // an earlier apply stopped waiting
)

// trainingWait waits for the training of one source.
type trainingWait struct {
	hub     *hub.Client
	m       *resourceModel
	created bool // the source was created in this apply, so an error taints it
	watch   hub.TrainingWatch
	polls   int
	missing int   // polls in a row without the source
	odd     int   // polls in a row in which its status could not be read
	lastErr error // of a poll
}

// wait waits until the source is trained. All waits in a chatbot share the polls. A failed training is an error. The end of ctx is a
// warning, because the training goes on: the source stays in the state with trained = false, and the next apply waits again.
func (r *Resource) wait(ctx context.Context, m *resourceModel, after waitAfter, diags *diag.Diagnostics) {
	defer r.Hub.WorkingOnSource(m.chatbot())()
	w := &trainingWait{hub: r.Hub, m: m, created: after == afterCreate}
	if after == afterRestart {
		w.watch.Restarted()
	}
	for {
		sources, err := r.Hub.PollSources(ctx, m.chatbot(), w.polls > 0)
		w.polls++
		switch {
		case ctx.Err() != nil:
			w.warnNotTrained(ctx, diags)
			return
		case hub.IsGone(err) || hub.IsUnauthorized(err):
			w.report(err, diags)
			return
		case err != nil: // the training does not depend on a single poll
			w.lastErr = err
			tflog.Warn(ctx, "Unable to poll sources in training, polling again", map[string]any{"error": err.Error()})
			continue
		}
		if w.poll(ctx, sources, diags) {
			return
		}
	}
}

// poll evaluates one poll and reports whether the wait is over.
func (w *trainingWait) poll(ctx context.Context, sources []hub.Source, diags *diag.Diagnostics) bool {
	found, readable := false, true
	for _, s := range sources {
		if s.ID == w.m.hubID() {
			w.m.read(s)
			found, readable = true, !s.IsUnreadable("status")
		}
	}
	if !found {
		return w.confirmMissing(ctx, diags)
	}
	w.missing = 0
	if readable {
		w.odd = 0
	}
	status := w.m.Status.ValueString()
	s := hub.ParseTrainingStatus(status)
	tflog.Info(ctx, "Waiting for a source to be trained", map[string]any{"source": w.m.ID.ValueString(), "status": status, "poll": w.polls})
	if !s.Trained && !readable {
		return w.warnUnreadable(diags)
	}
	switch w.watch.Next(s) {
	case hub.KeepWaiting:
		return false
	case hub.RestartTraining:
		return w.restart(ctx, diags)
	}
	if s.Failed {
		w.reportFailure(s, diags)
	}
	return true
}

// confirmMissing counts polls without the source, because lists can be outdated. After missingPolls polls the client confirms that the source
// does not exist.
func (w *trainingWait) confirmMissing(ctx context.Context, diags *diag.Diagnostics) bool {
	if w.missing++; w.missing < missingPolls {
		return false
	}
	w.missing = 0
	if _, err := w.hub.Source(ctx, w.m.chatbot(), w.m.hubID(), ""); hub.IsGone(err) {
		w.report(err, diags)
		return true
	}
	return false
}

// report reports an error of a request of the wait.
func (w *trainingWait) report(err error, diags *diag.Diagnostics) {
	f := w.m.failure("train")
	if w.created {
		f.Done = base.Tainted("source")
	}
	f.Report(diags, err)
}

// restart restarts the training. It reports whether the wait is over.
func (w *trainingWait) restart(ctx context.Context, diags *diag.Diagnostics) bool {
	if err := w.m.restartTraining(ctx, w.hub); err != nil {
		if ctx.Err() != nil {
			w.warnNotTrained(ctx, diags)
		} else {
			w.report(err, diags)
		}
		return true
	}
	return false
}

// shownStatus returns the status for a diagnostic. An unknown reason could repeat the URL of the source.
func (w *trainingWait) shownStatus() string {
	return hub.HideTexts(w.m.Status.ValueString(), w.m.URL.ValueString())
}

// reportFailure reports a training that failed and is not restarted.
func (w *trainingWait) reportFailure(s hub.TrainingStatus, diags *diag.Diagnostics) {
	restarts := ""
	if w.watch.Restarts > 0 {
		restarts = fmt.Sprintf(" The provider restarted the training %s.", base.Count(w.watch.Restarts, "time"))
	}
	next := "trains the source again"
	if w.created {
		next = "replaces the source, which is tainted"
	}
	diags.AddError("Source could not be trained", fmt.Sprintf("Source %s: the status is %q. %s%s\n\nThe source exists, but the chatbot cannot use it. "+
		"Correct the cause and apply again. The next apply %s.", w.m.object(), w.shownStatus(), s.Advice, restarts, next))
}

// warnUnreadable warns, after missingPolls polls, that the status cannot be read, and reports whether the wait is over. No other poll would
// tell more.
func (w *trainingWait) warnUnreadable(diags *diag.Diagnostics) bool {
	if w.odd++; w.odd < missingPolls {
		return false
	}
	diags.AddWarning("Unreadable training status", fmt.Sprintf("Source %s: the service returned the status in a form that the provider does not know, so it is not known whether the source is trained. "+
		"The source is in the state with trained = false, and the next apply looks again. Look at the source in the web app. If nothing is wrong there, please report it at %s. "+
		"To apply without the wait, set wait_for_training = false.", w.m.object(), hub.Issues))
	return true
}

// warnNotTrained warns that the wait ended before the training.
func (w *trainingWait) warnNotTrained(ctx context.Context, diags *diag.Diagnostics) {
	reason, next := "the run was interrupted", ""
	if errors.Is(context.Cause(ctx), context.DeadlineExceeded) {
		reason, next = "the timeout expired", " To wait longer, set timeouts."
	}
	lastErr := ""
	if w.lastErr != nil {
		lastErr = fmt.Sprintf(" The last request for the status failed: %s.", w.lastErr)
	}
	status := fmt.Sprintf("while the status was %q", w.shownStatus())
	if w.m.Status.IsNull() {
		status = "before the status was read"
	}
	diags.AddWarning("Source not trained yet", fmt.Sprintf("Source %s: %s %s.%s The service continues the training. "+
		"The source is in the state with trained = false, and the next apply waits again.%s", w.m.object(), reason, status, lastErr, next))
}
