package deletesessions

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// withoutContinued returns the sessions without those that have a message which is not old. Where modified_at of a session moves with its messages,
// the list tells that, and one that is later than created_at shows that it does. It is not documented that it moves (api.md §2), so the messages of
// the other sessions are read, with one request each. Sessions whose messages cannot be read are left out; unread is their number.
func (r run) withoutContinued(ctx context.Context, client *hub.Client, old []session, before time.Time) (kept []session, unread int) {
	continued, failed := make([]bool, len(old)), make([]error, len(old))
	var workers errgroup.Group
	workers.SetLimit(maxConcurrent)
	var mu sync.Mutex
	done := 0
	for i, s := range old {
		if s.changed.After(s.begun) {
			continue
		}
		workers.Go(func() error {
			continued[i], failed[i] = hasNewMessage(ctx, client, s.ID, before)
			mu.Lock()
			defer mu.Unlock()
			done++
			r.progress.Show(fmt.Sprintf("Read the messages of %d conversations …", done))
			return nil
		})
	}
	_ = workers.Wait() // it has no error
	r.progress.Show("")
	var first error
	for i, s := range old {
		switch {
		case failed[i] != nil:
			if unread++; first == nil {
				first = failed[i]
			}
		case !continued[i]:
			kept = append(kept, s)
		}
	}
	if first != nil {
		r.Note("Warning: the messages of %s could not be read, so it is not known whether they are old. They are left out: %s\n", conversations(unread), first)
	}
	return kept, unread
}

// hasNewMessage reports whether a session has a message that is not older than a time. A message with an invalid time counts as one. A session that
// does not exist any more has none.
func hasNewMessage(ctx context.Context, client *hub.Client, id hub.ID, before time.Time) (bool, error) {
	messages, err := client.Messages(ctx, id)
	switch {
	case hub.IsGone(err):
		return false, nil
	case err != nil:
		return false, err
	}
	return slices.ContainsFunc(messages, func(m hub.Message) bool {
		at, err := time.Parse(time.RFC3339, m.CreatedAt)
		return err != nil || !at.Before(before)
	}), nil
}
