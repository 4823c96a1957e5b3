package mockhub

import (
	"context"
	"maps"
	"net"
	"net/http"
	"strconv"
)

// serveFault takes a request through a fault: work first if it says so, wait, then fail in the way it asks for.
func (h *Hub) serveFault(w http.ResponseWriter, r *http.Request, c *call, f *Fault) {
	var e encoded
	if f.Process {
		e = h.work(c).encode(c.quirks)
	}
	before := f.Hold
	if f.HoldAfter > 0 {
		before = nil
	} else {
		f.reached()
	}
	if !h.pause(r.Context(), f.Delay) || !h.hold(r.Context(), before) || f.Drop {
		e.spoken.finish()
		cut(w)
		return
	}
	switch {
	case f.replaces():
		e.spoken.finish()
		e = f.own()
	case !f.Process:
		e = h.work(c).encode(c.quirks)
	}
	if !f.replaces() && f.Mutate != nil && e.header.Get("Content-Type") == jsonType {
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

// reached tells who waits for the fault that it has been hit.
func (f *Fault) reached() {
	select {
	case f.Reached <- struct{}{}: // a nil channel is never ready
	default:
	}
}

// hold waits for a channel and reports whether to go on, as pause does.
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

// send writes an answer, under a fault that is zero if there is none. net/http cuts the connection by itself when less than the
// Content-Length has been written.
func (h *Hub) send(ctx context.Context, w http.ResponseWriter, c *call, e encoded, f Fault) {
	header := w.Header()
	header.Set("Date", h.clock.Now().Format(http.TimeFormat))
	if e.spoken == nil {
		header.Set("Content-Length", strconv.Itoa(len(e.body)))
	}
	maps.Copy(header, e.header)
	h.recordStatus(c, e.status)
	if e.spoken != nil {
		h.stream(ctx, w, e.spoken, f)
		return
	}
	body := e.body
	if f.Truncate != 0 {
		body = body[:truncated(f.Truncate, len(body))]
	} else if e.broken {
		body = body[:len(body)/2]
	}
	w.WriteHeader(e.status)
	_, _ = w.Write(body) // the client may have gone; there is nobody to tell
}

// truncated is how many of so many bytes Fault.Truncate sends.
func truncated(limit, size int) int { return min(max(limit, 0), max(size-1, 0)) }

// cut resets the connection. SetLinger(0) makes the close a reset, which no client can take for an orderly end.
func cut(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler) // HTTP/2 cannot be hijacked; this resets the stream
	}
	if t, is := conn.(interface{ NetConn() net.Conn }); is { // TLS: closing it in order would say goodbye first
		conn = t.NetConn()
	}
	if t, is := conn.(*net.TCPConn); is {
		_ = t.SetLinger(0)
	}
	_ = conn.Close()
}
