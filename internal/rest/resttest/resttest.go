// Package resttest contains what the tests of package rest and of its users share: servers, answers and buffers.
package resttest

import (
	"bytes"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
)

// APIKey is the API key of the tests. It has characters that JSON, URLs and headers encode differently.
const APIKey = `cAn4ry.eyJhbGci+Oi/JIUzI1<NiJ9&.sig_of-the=key` //nolint:gosec // no real key

// Quiet is a log for servers whose messages are not of interest.
var Quiet = log.New(io.Discard, "", 0)

// Serve starts a server that ends with the test and returns its address.
func Serve(t testing.TB, h http.HandlerFunc) string {
	t.Helper()
	s := httptest.NewUnstartedServer(h)
	s.Config.ErrorLog = Quiet
	s.Start()
	t.Cleanup(func() { s.CloseClientConnections(); s.Close() })
	return s.URL
}

// RoundTripper answers requests without a network, so that a test can run with a fake clock. It reads the body of each request.
type RoundTripper func(*http.Request) (*http.Response, error)

// RoundTrip implements http.RoundTripper.
func (f RoundTripper) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Body != nil {
		_, _ = io.Copy(io.Discard, r.Body)
		_ = r.Body.Close()
	}
	return f(r)
}

// Reply returns an answer of type JSON. headers are pairs of a name and a value.
func Reply(status int, body string, headers ...string) *http.Response {
	h := http.Header{"Content-Type": {"application/json"}}
	for i := 0; i < len(headers); i += 2 {
		h.Set(headers[i], headers[i+1])
	}
	return &http.Response{StatusCode: status, Header: h, Body: io.NopCloser(bytes.NewBufferString(body)), ContentLength: int64(len(body))}
}

// Buffer is a buffer that a log can write to while a test reads it.
type Buffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

// Write implements io.Writer.
func (b *Buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

// String returns what was written.
func (b *Buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.String()
}
