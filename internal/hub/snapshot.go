package hub

import (
	"context"
	"sync"
	"time"
)

// listDeadline bounds a shared list, retries and pauses included. It belongs to nobody's request, so it needs an end of its own.
const listDeadline = 15 * time.Minute

// collection is the coalesced, correct reading of one list-only collection of one parent (goals.md, the six rules below P8).
// However many objects are read, one list answers them all; a list from before a write never answers a reader from after it.
//
// Two counters make it correct. The generation counts writes: it is raised before a write is sent and again after its answer, and a
// list carries the generation at which it was sent. The sequence counts lists, so that a reader can ask for another one.
type collection[T AnyObject] struct {
	path  string
	fetch func(context.Context) ([]T, error)

	mu      sync.Mutex
	gen     uint64
	seq     uint64           // of the list that was begun last
	latest  *snapshot[T]     // nil, or a list begun at the present generation
	last    *snapshot[T]     // the list that came last, of whatever generation
	running *flight[T]       // at most one list is under way …
	queued  *flight[T]       // … and at most one waits behind it, shared by all who need a later one
	own     map[ID]ownObj[T] // whole objects from answers to this process's writes since the latest list
}

// ownObj is an object that a write's answer carried, and the generation behind that write.
type ownObj[T any] struct {
	gen    uint64
	object T
}

// snapshot is one complete, valid list.
type snapshot[T AnyObject] struct {
	gen, seq uint64
	items    []T
	index    map[ID]int
	before   *snapshot[T] // the list before it, without its own before; nil if that was of an older generation
}

// get finds an object in the list.
func (s *snapshot[T]) get(id ID) (T, bool) {
	i, ok := s.index[id]
	if !ok {
		var none T
		return none, false
	}
	return s.items[i], true
}

// flight is one list under way or queued, with those who wait for it.
type flight[T AnyObject] struct {
	ctx      context.Context //nolint:containedctx // of the first who asked, detached: the list begins when another one has ended
	gen, seq uint64          // set when it begins
	waiters  int
	cancel   context.CancelFunc // nil until it begins
	dead     bool               // all waiters left; nobody may join
	done     chan struct{}
	snap     *snapshot[T]
	err      error
}

// list gives a list that was begun after every write this process has made so far.
func (c *collection[T]) list(ctx context.Context) (*snapshot[T], error) {
	return c.begunSince(ctx, c.generation(), 0)
}

// generation is the number a reader names to see all writes so far.
func (c *collection[T]) generation() uint64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.gen
}

// begunSince gives a list that was begun at generation gen or later and is a later one than the list number seq. Lists that are
// already there or under way are shared when they are late enough. ctx bounds the caller's waiting and not the list.
func (c *collection[T]) begunSince(ctx context.Context, gen, seq uint64) (*snapshot[T], error) {
	c.mu.Lock()
	if s := c.latest; s != nil && s.gen >= gen && s.seq > seq {
		c.mu.Unlock()
		return s, nil
	}
	f := c.join(ctx, gen, seq)
	c.mu.Unlock()

	select {
	case <-f.done:
		return f.snap, f.err
	case <-ctx.Done():
		c.leave(f)
		return nil, context.Cause(ctx)
	}
}

// join finds or makes the flight that is late enough. c.mu is held.
func (c *collection[T]) join(ctx context.Context, gen, seq uint64) *flight[T] {
	switch r := c.running; {
	case r == nil:
		r = newFlight[T](ctx)
		r.waiters = 1
		c.begin(r)
		return r
	case !r.dead && r.gen >= gen && r.seq > seq:
		r.waiters++
		return r
	}
	if c.queued == nil {
		c.queued = newFlight[T](ctx)
	}
	c.queued.waiters++
	return c.queued
}

// newFlight is a list for the reader of ctx, which lends its values (the logger) and not its end.
func newFlight[T AnyObject](ctx context.Context) *flight[T] {
	return &flight[T]{ctx: context.WithoutCancel(ctx), done: make(chan struct{})}
}

// begin sends the list. c.mu is held; the list itself runs without it.
func (c *collection[T]) begin(f *flight[T]) {
	c.seq++
	f.gen, f.seq = c.gen, c.seq
	c.running = f
	ctx, cancel := context.WithTimeout(f.ctx, listDeadline)
	f.cancel = cancel
	go func() {
		defer cancel()
		items, err := guarded(func() ([]T, error) { return c.fetch(ctx) })
		c.finish(f, items, err)
	}()
}

// finish hands the list to those who waited, and keeps it unless a write has made it old. Errors are never kept.
func (c *collection[T]) finish(f *flight[T], items []T, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.running = nil
	if err == nil {
		f.snap = c.snapshot(f, items)
		c.last = f.snap
	}
	f.err = err
	if err == nil && f.gen == c.gen {
		c.latest, c.own = f.snap, nil
	}
	close(f.done)
	if q := c.queued; q != nil {
		c.queued = nil
		c.begin(q)
	}
}

// snapshot indexes a list once for all its readers. c.mu is held.
func (c *collection[T]) snapshot(f *flight[T], items []T) *snapshot[T] {
	s := &snapshot[T]{gen: f.gen, seq: f.seq, items: items, index: make(map[ID]int, len(items))}
	for i := range items {
		s.index[items[i].object().ID] = i
	}
	if c.latest != nil && c.latest.gen == f.gen {
		before := *c.latest
		before.before = nil
		s.before = &before
	}
	return s
}

// leave takes one waiter away; when all have left, the list is cancelled.
func (c *collection[T]) leave(f *flight[T]) {
	c.mu.Lock()
	defer c.mu.Unlock()
	f.waiters--
	if f.waiters > 0 {
		return
	}
	f.dead = true
	if c.queued == f {
		c.queued = nil
	}
	if f.cancel != nil {
		f.cancel()
	}
}

// onHand is the list that came last, however old it is. It may be empty.
func (c *collection[T]) onHand() *snapshot[T] {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.last == nil {
		return &snapshot[T]{}
	}
	return c.last
}

// begun is the number of the list that was begun last.
func (c *collection[T]) begun() uint64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.seq
}

// find looks one object up, in the answer to this process's own latest write or in a list.
func (c *collection[T]) find(ctx context.Context, id ID) (object T, found bool, err error) {
	c.mu.Lock()
	own, written := c.own[id]
	written = written && own.gen == c.gen
	c.mu.Unlock()
	if written {
		return own.object, true, nil
	}
	found, err = c.look(ctx, func(s *snapshot[T]) (ok bool) {
		object, ok = s.get(id)
		return ok
	})
	return object, found, err
}

// look says whether has finds what it seeks in a list. What one list lacks is missing only when a second list, shared by all who miss
// something, lacks it too: lists lie now and then (goals.md R4).
func (c *collection[T]) look(ctx context.Context, has func(*snapshot[T]) bool) (bool, error) {
	gen := c.generation()
	first, err := c.begunSince(ctx, gen, 0)
	if err != nil {
		return false, err
	}
	if b := first.before; b != nil && b.gen >= gen && !has(b) {
		return has(first), nil // this is a second list
	}
	if has(first) {
		return true, nil
	}
	second, err := c.begunSince(ctx, gen, first.seq)
	if err != nil {
		return false, err
	}
	return has(second), nil
}
