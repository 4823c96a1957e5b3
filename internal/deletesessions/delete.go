package deletesessions

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/subcommand"
)

const (
	// maxConcurrent is the number of conversations that are deleted concurrently.
	maxConcurrent = 4
	// maxFailures is the number of failed deletes after which no more are sent.
	maxFailures = 10
)

// deletion counts what a run has deleted. It is safe for concurrent use.
type deletion struct {
	mu      sync.Mutex
	deleted int
	failed  []failure
	stopped bool
}

// failure is a conversation that could not be deleted.
type failure struct {
	id  hub.ID
	err error
}

// deleteAll deletes conversations of a chatbot and reports how many. A conversation that cannot be deleted does not stop the others, unless the
// reason concerns all of them.
func (r run) deleteAll(ctx context.Context, client *hub.Client, chatbot hub.ID, of string, old []session) (int, error) {
	var d deletion
	var workers errgroup.Group
	workers.SetLimit(maxConcurrent)
	for _, s := range old {
		if ctx.Err() != nil || d.isStopped() {
			break
		}
		workers.Go(func() error {
			d.record(s.ID, client.DeleteSession(ctx, chatbot, s.ID), func(done int) {
				r.progress.Show(fmt.Sprintf("Deleted %d of %d conversations …", done, len(old)))
			})
			return nil
		})
	}
	_ = workers.Wait() // it has no error
	return r.report(&d, len(old), of, ctx.Err() != nil)
}

// report says how many of all conversations were deleted, and returns the exit code.
func (r run) report(d *deletion, all int, of string, interrupted bool) (int, error) {
	r.progress.Show("")
	subcommand.Say(r.Stdout, "Deleted %d of %s of %s.\n", d.deleted, conversations(all), of)
	switch {
	case interrupted:
		r.Note("Interrupted. Run it again to delete the others.\n")
		return subcommand.Failed, nil
	case len(d.failed) == 0:
		return subcommand.OK, nil
	}
	first := d.failed[0]
	err := fmt.Errorf("%s could not be deleted. The first one is %s: %w", conversations(len(d.failed)), first.id, first.err)
	if d.deleted+len(d.failed) < all {
		err = fmt.Errorf("%w. No more deletes were sent. Run it again to delete the others", err)
	}
	return subcommand.Failed, err
}

// record records the result of a delete, and calls progress with the number of deleted conversations.
func (d *deletion) record(id hub.ID, err error, progress func(done int)) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err == nil {
		d.deleted++
		progress(d.deleted)
		return
	}
	d.failed = append(d.failed, failure{id, err})
	var transport *hub.TransportError
	if len(d.failed) >= maxFailures || hub.IsUnauthorized(err) || hub.IsBlocked(err) || hub.IsThrottled(err) || errors.As(err, &transport) {
		d.stopped = true
	}
}

func (d *deletion) isStopped() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.stopped
}
