package mockhub

import (
	"bytes"
	"fmt"
	"net/http"
	"slices"
	"time"
)

// keepBody is the number of bytes of a body in a log with a limit.
const keepBody = 4 << 10

// Request is one entry of the request log.
type Request struct {
	Method        string
	Route         string // "POST /chatbot/{uuid}/update"; "GET *" for a path that is not in api.md §2
	Path          string // as it was sent, escaped
	Query         string // without the question mark
	UserAgent     string
	Authorization string
	ContentType   string
	Header        http.Header
	Body          []byte    // of an upload the first 64 kB
	Size          int64     // the length of the body in bytes
	Truncated     bool      // Body is not the whole body
	Status        int       // 0 until the request is answered, also if its connection was closed without an answer
	Fault         bool      // a fault was applied to the request
	At            time.Time // arrival, in wall time
}

// newCall finds the route of a request and adds the request to the log, before any waiting.
func (h *Hub) newCall(r *http.Request) *call {
	c := h.findRoute(r.Method, r.URL)
	c.header = r.Header
	c.entry = &Request{
		Method: r.Method, Route: c.route.name(), Path: r.URL.EscapedPath(), Query: r.URL.RawQuery,
		UserAgent: r.UserAgent(), Authorization: r.Header.Get("Authorization"), ContentType: r.Header.Get("Content-Type"),
		Header: r.Header.Clone(), At: time.Now(),
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.log = append(h.log, c.entry)
	if h.keep > 0 && len(h.log) > h.keep {
		h.log = slices.Delete(h.log, 0, len(h.log)-h.keep)
	}
	return c
}

func (h *Hub) recordBody(c *call) {
	h.mu.Lock()
	defer h.mu.Unlock()
	c.entry.Body, c.entry.Size = c.raw, c.size
	if h.keep > 0 && len(c.raw) > keepBody {
		c.entry.Body = bytes.Clone(c.raw[:keepBody])
	}
	c.entry.Truncated = c.size > int64(len(c.entry.Body))
	if c.upload != nil && c.upload.whole {
		h.uploads++
		h.uploadedBytes += c.upload.size
	}
}

func (h *Hub) recordFault(c *call) {
	h.mu.Lock()
	defer h.mu.Unlock()
	c.entry.Fault = true
}

// recordStatus runs before the answer is sent, so that a client that has read the answer finds its status in the log.
func (h *Hub) recordStatus(c *call, status int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	c.entry.Status = status
}

// Requests returns a copy of the request log in the order of arrival.
func (h *Hub) Requests() []Request {
	h.mu.Lock()
	defer h.mu.Unlock()
	out := make([]Request, len(h.log))
	for i, e := range h.log {
		out[i] = *e
		out[i].Header, out[i].Body = e.Header.Clone(), bytes.Clone(e.Body)
	}
	return out
}

// Count returns the number of requests of a route in the log, including unanswered ones. "" counts the requests of all
// routes. Count panics if there is no such route, so that a typing error is not mistaken for "none were sent".
func (h *Hub) Count(route string) int {
	h.mustBeRoute(route)
	h.mu.Lock()
	defer h.mu.Unlock()
	n := 0
	for _, e := range h.log {
		if route == "" || e.Route == route {
			n++
		}
	}
	return n
}

// Forget clears the request log and the counters of uploads.
func (h *Hub) Forget() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.log, h.uploads, h.uploadedBytes = nil, 0, 0
}

func (h *Hub) mustBeRoute(route string) {
	if route != "" && !h.hasRoute(route) {
		panic(fmt.Sprintf("mockhub: there is no route %q; an example of a route is %q", route, "POST /chatbot/{uuid}/update"))
	}
}
