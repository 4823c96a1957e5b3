package mockhub

import (
	"context"
	"net/http"
	"sync"
	"time"
)

// DefaultKey is the API key that a hub accepts if [Options] has none. A key of the service is an opaque string (api.md §1).
const DefaultKey = "mock-key-3fb1c5a07e9d42c8b6f4"

// Options are the settings of a new hub. The zero value is ready to use.
type Options struct {
	// Key is the accepted API key. "" means DefaultKey.
	Key string
	// Quirks are the initial quirks. SetQuirks changes them.
	Quirks Quirks
	// Clock is the source of time. nil means NewClock().
	Clock *Clock
	// Latency is the wall time that every request waits. Concurrent requests wait concurrently.
	Latency time.Duration
	// OnChange, if not nil, is called after each change of the stored objects and before the request is answered, without
	// a lock held. It may be called concurrently. The caller can use it to save the state.
	OnChange func()
	// KeepRequests is the maximum number of requests in the log, with the first 4 kB of each body. The oldest ones are removed. 0 means no limit
	// and whole bodies.
	KeepRequests int
}

// Hub is a mock of the service that keeps its state in memory. It implements [http.Handler] and is safe for concurrent use.
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

	// mu guards the fields below. It is never held while waiting.
	mu            sync.Mutex
	quirks        Quirks
	store         store
	log           []*Request
	faults        []*fault
	window        window
	listings      uint64         // the number of answered lists that a quirk can shuffle
	uploads       int            // the number of complete uploads
	uploadedBytes int64          // the number of bytes in their files
	answers       int            // the number of answered questions
	asked         map[string]int // how many times each question was asked, with Quirks.AnswersWrong
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

// Close resets the connections of requests that wait (for latency, delays and holds), now and later, so that a server can
// shut down. The stored objects can still be read.
func (h *Hub) Close() { h.close.Do(func() { close(h.closed) }) }

// ServeHTTP answers one request of the API. It records the request, waits for the latency, applies at most one fault, and
// processes the request. The web pages / and /widget/{uuid} are served without any of this.
func (h *Hub) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if h.servePage(w, r) {
		return
	}
	c := h.newCall(r)
	// The body is read before any waiting, because net/http detects a closed connection only after the body has been read.
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
		h.send(r.Context(), w, c, h.process(c).encode(c.quirks), Fault{})
		return
	}
	h.serveFault(w, r, c, f)
}

// process processes a request and returns the answer. Only process changes the state on behalf of API requests.
func (h *Hub) process(c *call) answer {
	a, done := h.processLocked(c)
	if done && (a.changed || a.status == http.StatusOK && c.route.method != http.MethodGet) {
		h.notifyChanged()
	}
	return a
}

func (h *Hub) processLocked(c *call) (answer, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	c.now, c.quirks = h.clock.Now(), h.quirks
	if a, admitted := h.checkRequest(c); !admitted {
		return a, false
	}
	return h.serveWithTimes(c), true
}

// checkRequest makes the checks that all routes share. It returns true if the request can be passed to the route's handler,
// and else the answer.
func (h *Hub) checkRequest(c *call) (answer, bool) {
	if a, exceeded := h.window.exceeded(c.now, c.quirks); exceeded {
		return a, false
	}
	if c.route.public {
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

// modify runs f with the lock held. f changes the state by other means than an API request, and reports whether it has
// changed anything.
func (h *Hub) modify(f func(now time.Time) bool) bool {
	locked := func() bool {
		h.mu.Lock()
		defer h.mu.Unlock() // f can call a test, which can panic
		return f(h.clock.Now())
	}
	done := locked()
	if done {
		h.notifyChanged()
	}
	return done
}

func (h *Hub) notifyChanged() {
	if h.onChange != nil {
		h.onChange()
	}
}

// pause waits for d. It returns false if the client closed the connection or the hub was closed meanwhile.
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
