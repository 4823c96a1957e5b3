package answertest

import (
	"context"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// deleteGrace is how long sessions are deleted after the run was interrupted.
const deleteGrace = 3 * time.Second

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

// deleteSessions deletes the sessions that are marked, also after ctx has ended.
func (w *run) deleteSessions(ctx context.Context) {
	w.mu.Lock()
	unwanted := w.unwanted
	w.unwanted = nil
	w.mu.Unlock()
	if len(unwanted) == 0 {
		return
	}
	ctx, done := withGrace(ctx)
	defer done()
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

// withGrace returns a context that ends deleteGrace after ctx has.
func withGrace(ctx context.Context) (context.Context, context.CancelFunc) {
	later, cancel := context.WithCancelCause(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() {
		time.AfterFunc(deleteGrace, func() { cancel(context.Cause(ctx)) })
	})
	return later, func() { stop(); cancel(context.Canceled) }
}

// idsOf returns the ids of sessions as a diagnostic names them.
func idsOf(sessions []remainingSession) string {
	ids := make([]string, 0, len(sessions))
	for _, s := range sessions {
		ids = append(ids, string(s.id))
	}
	return strings.Join(ids, ", ")
}
