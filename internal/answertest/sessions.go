package answertest

import (
	"context"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// How long after an interruption a run waits for an answer, and how long it deletes sessions (goals.md R3).
const (
	answerGrace = 6 * time.Second
	deleteGrace = 9 * time.Second
)

// session is a session of a case.
type session struct {
	name string // of the case
	id   hub.ID
}

// remainingSession is a session that could not be deleted.
type remainingSession struct {
	session
	err error
}

// drop marks a session for deletion. An empty id has no effect.
func (w *run) drop(name string, id hub.ID) {
	if id == "" {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.unwanted = append(w.unwanted, session{name, id})
}

// dropSessions marks all sessions of a case for deletion.
func (w *run) dropSessions(v *verdict) {
	w.drop(v.name, v.open)
	w.drop(v.name, v.session)
	v.open, v.session = "", ""
}

// discard marks the session of the state for deletion that an earlier apply kept for a case.
func (w *run) discard(name string) {
	id := w.kept[name]
	delete(w.kept, name)
	w.drop(name, id)
}

// deleteSessions deletes the sessions that are marked. ctx continues after an interruption; see withGrace.
func (w *run) deleteSessions(ctx context.Context) {
	w.mu.Lock()
	unwanted := w.unwanted
	w.unwanted = nil
	w.mu.Unlock()
	if len(unwanted) == 0 {
		return
	}
	var g errgroup.Group
	g.SetLimit(maxParallel)
	for _, s := range unwanted {
		g.Go(func() error {
			remove := func() error { return w.Hub.DeleteSession(ctx, w.plan.chatbot(), s.id) }
			err := base.Recovered(remove)
			if err != nil && ctx.Err() == nil { // the state is the only record of it, so once more
				err = base.Recovered(remove)
			}
			if err != nil {
				w.mu.Lock()
				defer w.mu.Unlock()
				w.remaining = append(w.remaining, remainingSession{s, err})
			}
			return nil
		})
	}
	_ = g.Wait() // sessions that remain are in w
}

// keepRemaining has the state keep the sessions that could not be deleted, so that the next apply or the destroy deletes them. The state has one
// session for each case.
func (w *run) keepRemaining() {
	for _, s := range w.remaining {
		if w.kept[s.name] == "" {
			w.kept[s.name] = s.id
		}
	}
}

// withGrace returns a context that ends a time after ctx has.
func withGrace(ctx context.Context, grace time.Duration) (context.Context, context.CancelFunc) {
	later, cancel := context.WithCancelCause(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() {
		last := time.AfterFunc(grace, func() { cancel(context.Cause(ctx)) })
		context.AfterFunc(later, func() { last.Stop() })
	})
	return later, func() { stop(); cancel(context.Canceled) }
}

// answerOf returns the result of f, which continues on its own after an interruption. When f has not returned answerGrace after that, the result is
// the cause of ctx: what is asked is not needed any more, and the rest of the time is for the deletion of sessions.
func answerOf[T any](ctx context.Context, f func() (T, error)) (T, error) {
	type result struct {
		value T
		err   error
	}
	late, done := withGrace(ctx, answerGrace)
	defer done()
	results := make(chan result, 1)
	go func() {
		var r result
		r.err = base.Recovered(func() (err error) { r.value, err = f(); return err })
		results <- r
	}()
	select {
	case r := <-results:
		return r.value, r.err
	case <-late.Done():
		var none T
		return none, context.Cause(ctx)
	}
}

// idsOf returns the ids of sessions as a diagnostic names them.
func idsOf(sessions []remainingSession) string {
	ids := make([]string, 0, len(sessions))
	for _, s := range sessions {
		ids = append(ids, string(s.id))
	}
	return strings.Join(ids, ", ")
}
