package mockhub

import (
	"net/http"
	"time"
)

// Fault is a failure to inject. Its fields can be combined. The zero value of a field has no effect. Without Process, a
// fault that replaces the answer (Status, Body, RetryAfter, HTML, Drop) also prevents the request from being processed, and
// other faults wait before the request is processed: nothing changes if the client cancels the request meanwhile.
type Fault struct {
	// Route limits the fault to one route, such as "POST /chatbot/create". "" means any route.
	Route string
	// Skip is the number of matching requests that are not affected at first.
	Skip int
	// Times is the number of requests that are affected after those. 0 means 1, -1 means all.
	Times int

	// Status is the status of an answer that replaces the real one. 0 means 200 with Body or HTML, and 429 with RetryAfter
	// alone.
	Status int
	// Body is the body of the replacement. "" means {"error": …} for a Status of 400 or higher, and else an empty body.
	Body string
	// ContentType is the content type of the answer. "" means application/json for the replacement, and no change of the
	// real answer.
	ContentType string
	// Header is added to the answer.
	Header http.Header
	// RetryAfter is the Retry-After header of the replacement. It may be any text.
	RetryAfter string
	// HTML makes the replacement a page of the web app.
	HTML bool

	// Process processes the request first, so that changes are stored although the client sees a failure.
	Process bool
	// Drop resets the TCP connection instead of answering. Go's client repeats a GET by itself if that happens on a
	// connection that has been used before.
	Drop bool
	// Truncate sends at most that many bytes of the body, and always less than all, with the Content-Length of the whole
	// body, and then closes the connection. A negative number sends the header only. A streamed answer has no
	// Content-Length; its end is missing.
	Truncate int
	// Mutate returns the bytes that are sent instead of a real JSON answer.
	Mutate func(answer []byte) []byte

	// Delay is a wall time to wait.
	Delay time.Duration
	// Hold is a channel to wait for until it is closed.
	Hold <-chan struct{}
	// HoldAfter is the number of bytes of a streamed answer that are sent before the wait for Hold, which is then not done
	// before processing. Reached is sent when these bytes have been sent. Other answers do not wait for Hold then.
	HoldAfter int
	// Reached receives a value when the fault is applied, after Process and before any wait. The send does not block, so
	// the channel needs a buffer.
	Reached chan<- struct{}
}

// fault is a Fault with its counters.
type fault struct {
	Fault
	skip, times int // times < 0: no limit
	hit         bool
}

// Inject adds a fault. At most one fault is applied to a request: the first in the order of injection that matches and is
// due. Inject panics if there is no such route.
func (h *Hub) Inject(f Fault) {
	h.mustBeRoute(f.Route)
	if f.Times == 0 {
		f.Times = 1
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.faults = append(h.faults, &fault{Fault: f, skip: f.Skip, times: f.Times})
}

// FaultsLeft returns the number of faults that have not been applied as often as Times says. A fault without a limit counts
// until it has been applied once.
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

// ClearFaults removes all faults. Requests that wait because of a fault continue to wait.
func (h *Hub) ClearFaults() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.faults = nil
}

// takeFault returns the fault to apply to a request of the route, or nil.
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

// replacesAnswer reports whether the fault replaces the real answer.
func (f *Fault) replacesAnswer() bool {
	return f.Status != 0 || f.Body != "" || f.RetryAfter != "" || f.HTML
}

// replacement is the answer that replaces the real one.
func (f *Fault) replacement() encoded {
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
