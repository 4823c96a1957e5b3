package mockhub

import (
	"bytes"
	"fmt"
	"net/http"
	"slices"
	"time"
)

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
	Status        int       // 0 while the request is under way, and for ever if its connection was cut without an answer
	Fault         bool      // the request met an injected fault
	At            time.Time // arrival, by the wall clock
}

// arrive finds the route and writes the log entry, so that a request shows in the log while it still waits.
func (h *Hub) arrive(r *http.Request) *call {
	c := h.find(r.Method, r.URL)
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
	c.entry.Body, c.entry.Size, c.entry.Truncated = c.raw, c.size, c.size > int64(len(c.raw))
	if c.upload != nil && c.upload.whole {
		h.uploads++
		h.uploaded += c.upload.size
	}
}

func (h *Hub) recordFault(c *call) {
	h.mu.Lock()
	defer h.mu.Unlock()
	c.entry.Fault = true
}

// recordStatus runs before the answer is sent: who has read an answer finds it in the log.
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

// Count returns how many requests of a route are in the log, those under way included; "" counts all. A route that is not
// in the table panics: a typing error must not read as "none were sent".
func (h *Hub) Count(route string) int {
	h.mustKnow(route)
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

// Forget clears the request log and the count of uploads.
func (h *Hub) Forget() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.log, h.uploads, h.uploaded = nil, 0, 0
}

func (h *Hub) mustKnow(route string) {
	if route != "" && !h.known(route) {
		panic(fmt.Sprintf("mockhub: no route %q; they read like %q", route, "POST /chatbot/{uuid}/update"))
	}
}
