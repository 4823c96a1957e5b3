package mockhub

import (
	"context"
	"maps"
	"net"
	"net/http"
	"strconv"
)

// serveFault answers a request to which a fault is applied.
func (h *Hub) serveFault(w http.ResponseWriter, r *http.Request, c *call, f *Fault) {
	var e encoded
	if f.Process {
		e = h.process(c).encode(c.quirks)
	}
	before := f.Hold
	if f.HoldAfter > 0 {
		before = nil
	} else {
		f.signalReached()
	}
	if !h.pause(r.Context(), f.Delay) || !h.hold(r.Context(), before) || f.Drop {
		e.streamed.finish()
		cut(w)
		return
	}
	switch {
	case f.replacesAnswer():
		e.streamed.finish()
		e = f.replacement()
	case !f.Process:
		e = h.process(c).encode(c.quirks)
	}
	if !f.replacesAnswer() && f.Mutate != nil && e.header.Get("Content-Type") == jsonType {
		e.body = f.Mutate(e.body)
	}
	for key, values := range f.Header {
		e.header[http.CanonicalHeaderKey(key)] = values
	}
	if f.ContentType != "" {
		e.header.Set("Content-Type", f.ContentType)
	}
	if f.RetryAfter != "" {
		e.header.Set("Retry-After", f.RetryAfter)
	}
	h.send(r.Context(), w, c, e, *f)
}

// signalReached sends to Reached without blocking.
func (f *Fault) signalReached() {
	select {
	case f.Reached <- struct{}{}: // a nil channel is never ready
	default:
	}
}

// hold waits until a channel is closed. It returns false in the same cases as pause.
func (h *Hub) hold(ctx context.Context, until <-chan struct{}) bool {
	if until == nil {
		return true
	}
	select {
	case <-until:
		return true
	case <-ctx.Done():
		return false
	case <-h.closed:
		return false
	}
}

// send writes an answer. f is the fault to apply, or the zero value. net/http closes the connection if less than the
// Content-Length has been written.
func (h *Hub) send(ctx context.Context, w http.ResponseWriter, c *call, e encoded, f Fault) {
	header := w.Header()
	header.Set("Date", h.clock.Now().Format(http.TimeFormat))
	if c.quirks.DateMissing {
		header["Date"] = nil // keeps net/http from adding one
	}
	if c.quirks.RateLimitHeaders {
		header.Set("X-Ratelimit-Limit", "600")
		header.Set("X-Ratelimit-Remaining", "599")
	}
	if e.streamed == nil {
		header.Set("Content-Length", strconv.Itoa(len(e.body)))
	}
	maps.Copy(header, e.header)
	h.recordStatus(c, e.status)
	if e.streamed != nil {
		h.stream(ctx, w, e.streamed, f)
		return
	}
	body := e.body
	if f.Truncate != 0 {
		body = body[:truncatedLength(f.Truncate, len(body))]
	} else if e.broken {
		body = body[:len(body)/2]
	}
	w.WriteHeader(e.status)
	_, _ = w.Write(body) // an error means that the client has closed the connection
}

// truncatedLength returns how many of size bytes are sent with Fault.Truncate = limit.
func truncatedLength(limit, size int) int { return min(max(limit, 0), max(size-1, 0)) }

// cut resets the connection. SetLinger(0) makes Close send a TCP reset instead of an orderly end.
func cut(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler) // HTTP/2 cannot be hijacked; this resets the stream
	}
	if t, ok := conn.(interface{ NetConn() net.Conn }); ok { // closing the TLS connection would send close_notify first
		conn = t.NetConn()
	}
	if t, ok := conn.(*net.TCPConn); ok {
		_ = t.SetLinger(0)
	}
	_ = conn.Close()
}
