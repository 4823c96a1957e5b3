package consistency

import (
	"context"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest"
)

// Terraform deletes as many objects at a time as its -parallelism. A group is complete when all of the previous group have been followed by
// another delete. Otherwise it ends when no delete arrives for a while.
const (
	quiet        = 80 * time.Millisecond // without an arrival ends a group, if no more deletes are expected; else Options.DeleteWait does
	maxWait      = 4                     // ends a group in any case; multiples of Options.DeleteWait
	maxGroup     = 100                   // objects in one request
	groupTimeout = 10 * time.Minute      // for a group, including single deletes
)

// Deleter deletes objects of one kind.
type Deleter[K comparable] struct {
	Bulk      func(context.Context, []K) error               // deletes all, or fails wholly or in part
	Single    func(context.Context, K) error                 // deletes one; an object that does not exist is a success
	Remaining func(context.Context, []K) (map[K]bool, error) // returns which objects exist after a bulk request that failed
}

// Delete deletes an object together with other objects of the same group that are being deleted. If ctx ends before the request is sent,
// the object is not deleted; otherwise the delete is completed without its caller.
func Delete[K comparable](ctx context.Context, c *Client, group any, key K, d Deleter[K]) error {
	g := shared(c, &c.groups, group, &deleteGroup[K]{Deleter: d, wait: c.Options.DeleteWait, alone: c.Options.Uncoalesced})
	return Deleting(c, group, key, func() error { return g.delete(ctx, key) })
}

// deleteGroup gathers single deletes into bulk requests. One group is in flight; deletes that arrive meanwhile form the next.
type deleteGroup[K comparable] struct {
	Deleter[K]
	wait  time.Duration
	alone bool // no other delete can arrive

	mu      sync.Mutex
	waiting []*deletion[K]
	running bool
	arrival chan struct{} // has an element if a delete has arrived since the last check
	peak    int           // how many waited at once lately: a group of that size is complete
}

// deletion is the delete of one caller.
type deletion[K comparable] struct {
	key  K
	done chan error // buffered: the caller may have left
}

// delete adds a delete to the next group and waits for its result. A caller that is cancelled already adds nothing.
func (g *deleteGroup[K]) delete(ctx context.Context, key K) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	d := &deletion[K]{key: key, done: make(chan error, 1)}
	g.mu.Lock()
	if g.arrival == nil {
		g.arrival = make(chan struct{}, 1)
	}
	g.waiting = append(g.waiting, d)
	if !g.running {
		g.running = true
		go g.run(context.WithoutCancel(ctx))
	}
	g.mu.Unlock()
	select {
	case g.arrival <- struct{}{}:
	default:
	}

	select {
	case err := <-d.done:
		return err
	case <-ctx.Done():
		g.mu.Lock()
		defer g.mu.Unlock()
		g.waiting = slices.DeleteFunc(g.waiting, func(w *deletion[K]) bool { return w == d })
		return context.Cause(ctx)
	}
}

// run sends one group after the other until no delete waits.
func (g *deleteGroup[K]) run(ctx context.Context) {
	for g.next() {
		if !g.alone {
			g.gather()
		}
		g.mu.Lock()
		n := min(len(g.waiting), maxGroup)
		group := slices.Clone(g.waiting[:n])
		g.waiting = slices.Delete(g.waiting, 0, n)
		g.mu.Unlock()
		if n > 0 { // otherwise all callers have left
			g.flush(ctx, group)
			g.updatePeak(n)
		}
	}
}

// next reports whether a delete waits. If none does, the next one starts a new run.
func (g *deleteGroup[K]) next() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.running = len(g.waiting) > 0
	return g.running
}

// gather waits until the group is complete.
func (g *deleteGroup[K]) gather() {
	end := time.NewTimer(maxWait * g.wait)
	defer end.Stop()
	for {
		g.mu.Lock()
		n := len(g.waiting)
		expecting := g.peak > n
		complete := g.peak > 1 && !expecting || n >= maxGroup
		g.mu.Unlock()
		if complete {
			return
		}
		wait := quiet
		if expecting {
			wait = g.wait
		}
		timer := time.NewTimer(wait)
		select {
		case <-g.arrival:
			timer.Stop()
		case <-timer.C:
			return
		case <-end.C:
			timer.Stop()
			return
		}
	}
}

// flush deletes a group. After a bulk request that failed wholly or in part, or whose answer was lost, one list tells which objects
// remain, and these are deleted one by one.
func (g *deleteGroup[K]) flush(ctx context.Context, group []*deletion[K]) {
	ctx, cancel := context.WithTimeout(ctx, groupTimeout)
	defer cancel()
	if len(group) == 1 {
		group[0].done <- g.deleteOne(ctx, group[0].key)
		return
	}
	keys := make([]K, 0, len(group))
	for _, d := range group {
		keys = append(keys, d.key)
	}
	_, err := Recovered(func() (any, error) { return nil, g.Bulk(ctx, keys) })
	if err == nil || rest.IsUnauthorized(err) {
		for _, d := range group {
			d.done <- err
		}
		return
	}
	remaining, listErr := Recovered(func() (map[K]bool, error) { return g.Remaining(ctx, keys) })
	var single errgroup.Group
	single.SetLimit(10)
	for _, d := range group {
		switch {
		case listErr != nil:
			d.done <- err
		case !remaining[d.key]:
			d.done <- nil
		default:
			single.Go(func() error {
				d.done <- g.deleteOne(ctx, d.key)
				return nil
			})
		}
	}
	_ = single.Wait() // each caller has its own error
}

// deleteOne deletes one object. It does not run in the goroutine of the caller.
func (g *deleteGroup[K]) deleteOne(ctx context.Context, key K) error {
	_, err := Recovered(func() (any, error) { return nil, g.Single(ctx, key) })
	return err
}

// updatePeak records how many deletes may wait at once: the group and those that arrived while it was in flight. It decreases slowly,
// because a delete of another object may take the place of one for a while.
func (g *deleteGroup[K]) updatePeak(n int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.peak = min(max(n+len(g.waiting), g.peak*3/4), maxGroup)
}
