package hub

import (
	"context"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
)

// Deletes that are waiting together go out together. Terraform deletes as many objects at a time as its -parallelism, so a group is
// complete when those of the group before have all come back with their next one, and a short quiet says so otherwise.
const (
	lull      = 80 * time.Millisecond  // without a new arrival ends a group …
	patience  = 250 * time.Millisecond // … or this does while more are expected (Config.Patience), and
	gathering = 4                      // this ends it in any case, counted in the former
	maxGroup  = 100                    // ids in one request
	bulkLimit = 10 * time.Minute       // for a group, everything included
)

// batch gathers single deletes into bulk requests: a group commit. One group is in flight; those who arrive
// meanwhile form the next.
type batch struct {
	bulk   func(context.Context, []ID) error                // deletes all, or fails as a whole or in part
	single func(context.Context, ID) error                  // deletes one; gone is a success
	left   func(context.Context, []ID) (map[ID]bool, error) // which there are after a bulk request that did not simply succeed

	patience time.Duration // 0 means patience
	alone    bool          // nobody else uses it: there is nothing to wait for

	mu      sync.Mutex
	waiting []*deletion
	running bool
	arrival chan struct{} // has an element when somebody has arrived since it was last looked at
	peak    int           // how many waited at once lately: a group of that size is complete
}

// deletion is one caller's wish.
type deletion struct {
	id   ID
	done chan error // buffered: nobody waits for a caller who has left
}

// delete deletes one object, together with others. When ctx ends, a wish that was not sent yet is taken back; one that was sent is
// finished without its caller.
func (b *batch) delete(ctx context.Context, id ID) error {
	d := &deletion{id: id, done: make(chan error, 1)}
	b.mu.Lock()
	if b.arrival == nil {
		b.arrival = make(chan struct{}, 1)
	}
	b.waiting = append(b.waiting, d)
	if !b.running {
		b.running = true
		go b.run(context.WithoutCancel(ctx))
	}
	b.mu.Unlock()
	select {
	case b.arrival <- struct{}{}:
	default:
	}

	select {
	case err := <-d.done:
		return err
	case <-ctx.Done():
		b.mu.Lock()
		defer b.mu.Unlock()
		b.waiting = slices.DeleteFunc(b.waiting, func(w *deletion) bool { return w == d })
		return context.Cause(ctx)
	}
}

// run sends group after group until nobody waits.
func (b *batch) run(ctx context.Context) {
	for b.any() {
		if !b.alone {
			b.gather()
		}
		b.mu.Lock()
		n := min(len(b.waiting), maxGroup)
		group := slices.Clone(b.waiting[:n])
		b.waiting = slices.Delete(b.waiting, 0, n)
		b.mu.Unlock()
		if n > 0 { // else all of them have left
			b.flush(ctx, group)
			b.learn(n)
		}
	}
}

// learn remembers how many may wait at once: the group and those who came while it was in flight. It forgets slowly, because a delete of
// something else may take a place for a while.
func (b *batch) learn(n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.peak = min(max(n+len(b.waiting), b.peak*3/4), maxGroup)
}

// any says whether somebody waits; when nobody does, the next one who comes starts a new run.
func (b *batch) any() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.running = len(b.waiting) > 0
	return b.running
}

// gather waits until the group is complete.
func (b *batch) gather() {
	patience := orDefault(b.patience, patience)
	end := time.NewTimer(gathering * patience)
	defer end.Stop()
	for {
		b.mu.Lock()
		n := len(b.waiting)
		expecting := b.peak > n
		complete := b.peak > 1 && !expecting || n >= maxGroup
		b.mu.Unlock()
		if complete {
			return
		}
		quiet := lull
		if expecting {
			quiet = patience
		}
		pause := time.NewTimer(quiet)
		select {
		case <-b.arrival:
			pause.Stop()
		case <-pause.C:
			return
		case <-end.C:
			pause.Stop()
			return
		}
	}
}

// flush deletes a group. A bulk answer that is partial, refused or lost is resolved per id: one list, then single deletes for what is left.
func (b *batch) flush(ctx context.Context, group []*deletion) {
	ctx, cancel := context.WithTimeout(ctx, bulkLimit)
	defer cancel()
	ids := make([]ID, 0, len(group))
	for _, d := range group {
		ids = append(ids, d.id)
	}
	if len(ids) == 1 {
		group[0].done <- b.one(ctx, ids[0])
		return
	}
	_, err := guarded(func() (success, error) { return success{}, b.bulk(ctx, ids) })
	if err == nil || IsUnauthorized(err) {
		for _, d := range group {
			d.done <- err
		}
		return
	}
	left, listErr := guarded(func() (map[ID]bool, error) { return b.left(ctx, ids) })
	var single errgroup.Group
	single.SetLimit(10)
	for _, d := range group {
		switch {
		case listErr != nil:
			d.done <- err
		case !left[d.id]:
			d.done <- nil
		default:
			single.Go(func() error {
				d.done <- b.one(ctx, d.id)
				return nil
			})
		}
	}
	_ = single.Wait() // each caller got its own error
}

// one deletes one object. It is not the caller's goroutine that does.
func (b *batch) one(ctx context.Context, id ID) error {
	_, err := guarded(func() (success, error) { return success{}, b.single(ctx, id) })
	return err
}
