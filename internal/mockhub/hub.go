package mockhub

import (
	"context"
	"net/http"
	"sync"
	"time"
)

// DefaultKey is the API key a hub accepts when [Options] names none. The service's key is an opaque string (api.md §1).
const DefaultKey = "mock-key-3fb1c5a07e9d42c8b6f4"

// Options says how a hub starts. The zero value is a good hub.
type Options struct {
	// Key is the accepted API key; "" means DefaultKey.
	Key string
	// Quirks is the reading of the contract to begin with.
	Quirks Quirks
	// Clock is the hub's time; nil means NewClock().
	Clock *Clock
	// Latency is added to every request, in wall time. Requests wait side by side, not one after the other.
	Latency time.Duration
	// OnChange, if not nil, is called after each change of the stored objects and before the change is answered, without
	// any lock held; calls can overlap. It is there to save the state.
	OnChange func()
	// KeepRequests bounds the request log: older entries are forgotten. 0 means no bound.
	KeepRequests int
}

// Hub is a mock of the service with its state in memory. It implements [http.Handler] and is safe for concurrent use.
type Hub struct {
	key      string
	clock    *Clock
	latency  time.Duration
	onChange func()
	keep     int
	routes   []route
	pages    *http.ServeMux
	closed   chan struct{}
	close    sync.Once

	// mu guards all below. It is held for work in memory only, never while waiting.
	mu       sync.Mutex
	quirks   Quirks
	store    store
	log      []*Request
	faults   []*fault
	window   window
	listings uint64 // listings so far that a quirk can shuffle
	uploads  int    // uploads that have come in whole
	uploaded int64  // the bytes of their files
	answers  int    // questions that have been answered
}

// New returns a hub without chatbots.
func New(o Options) *Hub {
	if o.Key == "" {
		o.Key = DefaultKey
	}
	if o.Clock == nil {
		o.Clock = NewClock()
	}
	h := &Hub{
		key: o.Key, clock: o.Clock, latency: o.Latency, onChange: o.OnChange, keep: o.KeepRequests,
		quirks: o.Quirks, routes: allRoutes(), closed: make(chan struct{}),
	}
	h.pages = h.pageRoutes()
	return h
}

// Key returns the API key the hub accepts.
func (h *Hub) Key() string { return h.key }

// Clock returns the hub's clock.
func (h *Hub) Clock() *Clock { return h.clock }

// Close ends all waiting (latency, delays, holds) by cutting the connections that wait, now and later, so that a server can
// be shut down. The stored objects stay readable.
func (h *Hub) Close() { h.close.Do(func() { close(h.closed) }) }

// ServeHTTP answers one request: it is recorded, waits for the latency, meets at most one fault, and is worked on. None of this
// is so for the pages that a person opens: / and /widget/{uuid}.
func (h *Hub) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if h.servePage(w, r) {
		return
	}
	c := h.arrive(r)
	// The body is read before any waiting: net/http notices that a client has gone only once the body has been read.
	c.readBody(r)
	h.recordBody(c)
	f := h.takeFault(c.route)
	if f != nil {
		h.recordFault(c)
	}
	if !h.pause(r.Context(), h.latency) {
		cut(w)
		return
	}
	if f == nil {
		h.send(r.Context(), w, c, h.work(c).encode(c.quirks), Fault{})
		return
	}
	h.serveFault(w, r, c, f)
}

// work does what the request asks for and returns the answer. This is the one place where the state changes through HTTP.
func (h *Hub) work(c *call) answer {
	a, done := h.workLocked(c)
	if done && (a.changed || a.status == http.StatusOK && c.route.method != http.MethodGet) {
		h.changed()
	}
	return a
}

func (h *Hub) workLocked(c *call) (answer, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	c.now, c.quirks = h.clock.Now(), h.quirks
	if a, admitted := h.admit(c); !admitted {
		return a, false
	}
	return c.route.serve(h, c), true
}

// admit checks what holds for every route, cheapest reason first; true means that the route's handler is to be asked.
func (h *Hub) admit(c *call) (answer, bool) {
	if a, over := h.window.over(c.now, c.quirks); over {
		return a, false
	}
	if c.route.open {
		return answer{}, true
	}
	if a, refused := h.refuseKey(c); refused {
		return a, false
	}
	if c.hasID && !isUUID(c.id) {
		return invalid(problem{[]any{"uuid"}, "value is not a valid uuid of 32 hex digits", "type_error.uuid"}), false
	}
	if ps := c.unknownQuery(); len(ps) > 0 {
		return invalid(ps...), false
	}
	if c.refusal != nil {
		return *c.refusal, false
	}
	return answer{}, true
}

// outside runs f, an edit made by somebody else than the API's caller, under the lock.
func (h *Hub) outside(f func(now time.Time) bool) bool {
	locked := func() bool {
		h.mu.Lock()
		defer h.mu.Unlock() // f can be a test's code, which can panic
		return f(h.clock.Now())
	}
	done := locked()
	if done {
		h.changed()
	}
	return done
}

func (h *Hub) changed() {
	if h.onChange != nil {
		h.onChange()
	}
}

// pause waits for d and reports whether to go on: not when the client has gone or the hub closed meanwhile.
func (h *Hub) pause(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return true
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	case <-h.closed:
		return false
	}
}
