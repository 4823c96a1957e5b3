package consistency

import (
	"context"
	"sync"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest"
)

// listTimeout limits a shared list, including retries and pauses. It is not bound to the context of one caller.
const listTimeout = 15 * time.Minute

// Collection reads the objects of one list. Callers that read at the same time share a list, and a list that began before a write is
// never returned to a caller that reads after it (goals.md, the rules below P8).
//
// Two counters ensure that. The generation counts writes: it is incremented before a write is sent and again after its answer, and a list
// has the generation at which it began. The sequence numbers the lists, so that a caller can require a later one.
type Collection[T AnyObject] struct {
	client *Client
	path   string
	fetch  func(context.Context) ([]T, error)

	mu      sync.Mutex
	gen     uint64
	seq     uint64            // of the list that began last
	current *Snapshot[T]      // nil, or a list that began at the present generation
	latest  *Snapshot[T]      // the list that ended last, of any generation
	running *listCall[T]      // at most one list is in flight
	queued  *listCall[T]      // at most one waits for it; all who need a later list share it
	written map[ID]written[T] // complete objects from the answers to writes since the current list
}

// written is an object from the answer to a write, with the generation after that write.
type written[T any] struct {
	gen    uint64
	object T
}

// CollectionOf returns the collection of a route that lists objects.
func CollectionOf[T AnyObject](c *Client, r rest.Route) *Collection[T] {
	return CollectionFrom(c, r, func(ctx context.Context) ([]T, error) { return rest.Call[List[T]](ctx, c.REST, r, nil) })
}

// Single returns the collection of a route that answers one object, so that callers who read the object share a request.
func Single[T AnyObject](c *Client, r rest.Route, id ID) *Collection[T] {
	return CollectionFrom(c, r, func(ctx context.Context) ([]T, error) {
		object, err := rest.Call[T](ctx, c.REST, r, nil)
		if err == nil && object.object().ID != id {
			err = &rest.AnswerError{Method: r.Method, Path: r.Template, Reason: "it contains another object"}
		}
		return []T{object}, err
	})
}

// CollectionFrom returns the collection of a route whose objects fetch returns.
func CollectionFrom[T AnyObject](c *Client, r rest.Route, fetch func(context.Context) ([]T, error)) *Collection[T] {
	path, err := r.Path()
	if err != nil { // an invalid id: every fetch returns the error
		return &Collection[T]{client: c, fetch: func(context.Context) ([]T, error) { return nil, err }}
	}
	return shared(c, &c.collections, path, &Collection[T]{client: c, path: path, fetch: fetch})
}

// List returns a list that began after all writes of this process so far.
func (c *Collection[T]) List(ctx context.Context) (*Snapshot[T], error) {
	return c.begunSince(ctx, c.generation(), 0)
}

// Fresh returns a list that begins after the call.
func (c *Collection[T]) Fresh(ctx context.Context) (*Snapshot[T], error) {
	c.mu.Lock()
	gen, seq := c.gen, c.seq
	c.mu.Unlock()
	return c.begunSince(ctx, gen, seq)
}

// Find returns an object from the answer to the latest write of this process, or from a list.
func (c *Collection[T]) Find(ctx context.Context, id ID) (object T, found bool, err error) {
	c.mu.Lock()
	w, ok := c.written[id]
	ok = ok && w.gen == c.gen
	c.mu.Unlock()
	if ok {
		return w.object, true, nil
	}
	found, err = c.Look(ctx, func(s *Snapshot[T]) (ok bool) {
		object, ok = s.Get(id)
		return ok
	})
	return object, found, err
}

// Look reports whether has is true for a list. If it is false for one list, a second one decides, which all such callers share:
// a list can be incomplete (goals.md R4).
func (c *Collection[T]) Look(ctx context.Context, has func(*Snapshot[T]) bool) (bool, error) {
	gen := c.generation()
	first, err := c.begunSince(ctx, gen, 0)
	if err != nil {
		return false, err
	}
	if p := first.previous; p != nil && p.gen >= gen && !has(p) {
		return has(first), nil // first is the second list
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

// Latest returns the list that ended last, of any age. It is empty if there is none.
func (c *Collection[T]) Latest() *Snapshot[T] {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.latest == nil {
		return &Snapshot[T]{}
	}
	return c.latest
}

func (c *Collection[T]) generation() uint64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.gen
}

// begunSince returns a list that began at generation gen or later and has a higher number than seq. A suitable list that exists or is in
// flight is shared. ctx limits the wait and not the list. A caller that is cancelled already begins no list.
func (c *Collection[T]) begunSince(ctx context.Context, gen, seq uint64) (*Snapshot[T], error) {
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	c.mu.Lock()
	if s := c.current; s != nil && s.gen >= gen && s.seq > seq {
		c.mu.Unlock()
		return s, nil
	}
	l := c.join(ctx, gen, seq)
	c.mu.Unlock()

	select {
	case <-l.done:
		return l.snapshot, l.err
	case <-ctx.Done():
		c.leave(l)
		return nil, context.Cause(ctx)
	}
}

// Snapshot is one complete and valid list. It is shared and must not be changed.
type Snapshot[T AnyObject] struct {
	Items []T

	gen, seq uint64
	index    map[ID]int
	previous *Snapshot[T] // the list before it, without its own previous; nil if that was of an older generation
}

// Get returns an object of the list.
func (s *Snapshot[T]) Get(id ID) (object T, found bool) {
	i, found := s.index[id]
	if !found {
		return object, false
	}
	return s.Items[i], true
}
