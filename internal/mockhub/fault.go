package mockhub

import (
	"net/http"
	"time"
)

// Fault is a failure to inject. Fields combine; the zero value of each leaves that part alone. Without Process, a fault
// that replaces the answer (Status, Body, RetryAfter, HTML, Drop) keeps the work from being done, and waiting comes before
// the work; a client that gives up while it waits then leaves nothing behind.
type Fault struct {
	// Route limits the fault to one route, in the spelling of Count; "" means any.
	Route string
	// Skip lets that many matching requests pass first.
	Skip int
	// Times is how many requests are hit after those; 0 means 1, -1 means all.
	Times int

	// Status is the status of an answer instead of the real one; 0 means 200 with a Body or HTML, 429 with RetryAfter only.
	Status int
	// Body is the body of that answer. "" means {"error": …} from 400 on and an empty body below.
	Body string
	// ContentType is the content type of that answer, or of the real one; "" means application/json, or what is real.
	ContentType string
	// Header is added to that answer, or to the real one.
	Header http.Header
	// RetryAfter is the Retry-After header of that answer, any text.
	RetryAfter string
	// HTML makes that answer a page of the web app.
	HTML bool

	// Process does the work before all else, so that the failure comes after the commit.
	Process bool
	// Drop cuts the TCP connection with a reset instead of answering. (Go's client sends a GET again by itself when that
	// happens on a connection used before.)
	Drop bool
	// Truncate sends no more than that many bytes of the answer's body under its full Content-Length, and always less than
	// all, then cuts; negative means the header alone. Of a streamed answer, which has no Content-Length, the end is missing.
	Truncate int
	// Mutate changes the bytes of the real JSON answer.
	Mutate func(answer []byte) []byte

	// Delay waits that long, in wall time.
	Delay time.Duration
	// Hold waits until the channel is closed.
	Hold <-chan struct{}
	// HoldAfter is how many bytes of a streamed answer are sent before Hold waits, instead of before the work. Reached comes
	// when they have been sent. On any other answer Hold does not wait then.
	HoldAfter int
	// Reached gets a value when the fault is hit, after the work of Process and before any waiting. The send does not
	// block: give the channel a buffer.
	Reached chan<- struct{}
}

// fault is a Fault with its counters.
type fault struct {
	Fault
	skip, times int // times < 0: for ever
	hit         bool
}

// Inject adds a fault. Each request takes at most one: the first in the order of injection that matches and is due. A route
// that is not in the table panics.
func (h *Hub) Inject(f Fault) {
	h.mustKnow(f.Route)
	if f.Times == 0 {
		f.Times = 1
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.faults = append(h.faults, &fault{Fault: f, skip: f.Skip, times: f.Times})
}

// FaultsLeft returns how many injected faults have not hit as often as they should. One that hits for ever counts until it
// has hit once.
func (h *Hub) FaultsLeft() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	n := 0
	for _, f := range h.faults {
		if f.times > 0 || f.times < 0 && !f.hit {
			n++
		}
	}
	return n
}

// ClearFaults takes all injected faults back; requests that wait in one go on waiting.
func (h *Hub) ClearFaults() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.faults = nil
}

// takeFault returns the fault that a request of the route meets, or nil.
func (h *Hub) takeFault(r route) *Fault {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, f := range h.faults {
		switch {
		case f.times == 0, f.Route != "" && f.Route != r.name():
		case f.skip > 0:
			f.skip--
		default:
			f.hit = true
			if f.times > 0 {
				f.times--
			}
			return &f.Fault
		}
	}
	return nil
}

// replaces reports whether the fault has an answer of its own.
func (f *Fault) replaces() bool {
	return f.Status != 0 || f.Body != "" || f.RetryAfter != "" || f.HTML
}

// own is the fault's own answer.
func (f *Fault) own() encoded {
	status := f.Status
	switch {
	case status != 0:
	case f.Body == "" && !f.HTML:
		status = http.StatusTooManyRequests
	default:
		status = http.StatusOK
	}
	if f.HTML {
		return page(status, "AI Chatbot Hub").encode(Quirks{})
	}
	e := encoded{status: status, header: http.Header{"Content-Type": {jsonType}}, body: []byte(f.Body)}
	if f.Body == "" && status >= http.StatusBadRequest {
		e = failure(Quirks{}, status, "injected fault: "+http.StatusText(status)).encode(Quirks{})
	}
	return e
}
