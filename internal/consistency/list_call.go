package consistency

import "context"

// listCall is a list in flight or queued, with the callers who wait for it.
type listCall[T AnyObject] struct {
	ctx       context.Context //nolint:containedctx // of the first caller, without its cancellation: a queued list begins later
	gen, seq  uint64          // set when it begins
	waiters   int
	cancel    context.CancelFunc // nil until it begins
	abandoned bool               // all waiters have left; no caller may join
	done      chan struct{}
	snapshot  *Snapshot[T]
	err       error
}

// join returns a list in flight or queued that is late enough, or begins one. c.mu is held.
func (c *Collection[T]) join(ctx context.Context, gen, seq uint64) *listCall[T] {
	switch l := c.running; {
	case l == nil:
		l = newListCall[T](ctx)
		l.waiters = 1
		c.begin(l)
		return l
	case !l.abandoned && l.gen >= gen && l.seq > seq:
		l.waiters++
		return l
	}
	if c.queued == nil {
		c.queued = newListCall[T](ctx)
	}
	c.queued.waiters++
	return c.queued
}

// newListCall returns a list with the values of ctx (the logger) and without its cancellation.
func newListCall[T AnyObject](ctx context.Context) *listCall[T] {
	return &listCall[T]{ctx: context.WithoutCancel(ctx), done: make(chan struct{})}
}

// leave removes a waiter. When all have left, the list is cancelled.
func (c *Collection[T]) leave(l *listCall[T]) {
	c.mu.Lock()
	defer c.mu.Unlock()
	l.waiters--
	if l.waiters > 0 {
		return
	}
	l.abandoned = true
	if c.queued == l {
		c.queued = nil
	}
	if l.cancel != nil {
		l.cancel()
	}
}

// finish gives the list to its waiters, and keeps it unless a write has made it old. Errors are not kept.
func (c *Collection[T]) finish(l *listCall[T], items []T, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.running = nil
	l.err = err
	if err == nil {
		l.snapshot = c.snapshot(l, items)
		c.latest = l.snapshot
		if l.gen == c.gen {
			c.current, c.written = l.snapshot, nil
		}
	}
	close(l.done)
	if q := c.queued; q != nil {
		c.queued = nil
		c.begin(q)
	}
}

// begin sends the list. c.mu is held, but not during the request.
func (c *Collection[T]) begin(l *listCall[T]) {
	c.seq++
	l.gen, l.seq = c.gen, c.seq
	c.running = l
	ctx, cancel := context.WithTimeout(l.ctx, listTimeout)
	l.cancel = cancel
	go func() {
		defer cancel()
		items, err := Recovered(func() ([]T, error) { return c.fetch(ctx) })
		c.finish(l, items, err)
	}()
}

// snapshot indexes a list once for all its readers. c.mu is held.
func (c *Collection[T]) snapshot(l *listCall[T], items []T) *Snapshot[T] {
	s := &Snapshot[T]{Items: items, gen: l.gen, seq: l.seq, index: make(map[ID]int, len(items))}
	for i := range items {
		s.index[items[i].object().ID] = i
	}
	if c.current != nil && c.current.gen == l.gen {
		previous := *c.current
		previous.previous = nil
		s.previous = &previous
	}
	return s
}
