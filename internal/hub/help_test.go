package hub

import (
	"bytes"
	"context"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// canary is the API key of these tests. It has characters that JSON, URLs and headers write differently.
const canary = `cAn4ry.eyJhbGci+Oi/JIUzI1<NiJ9&.sig_of-the=key`

const someID = ID("43474da7ae3b4b7191ee29c2de798257")

// clientFor is a client of the service at address, with waits that suit a test.
func clientFor(t testing.TB, address string, set ...func(*Config)) *Client {
	t.Helper()
	base, err := ParseBaseURL(address)
	if err != nil {
		t.Fatal(err)
	}
	cfg := Config{
		BaseURL: base, APIKey: canary, UserAgent: "terraform-provider-aichatbothub/test Terraform/1.2.3",
		MaxRetries: 2, BackoffMin: time.Millisecond, BackoffMax: 2 * time.Millisecond,
	}
	for _, f := range set {
		f(&cfg)
	}
	return New(cfg)
}

// serve starts a server that ends with the test, without net/http's complaints about what the tests do to it.
func serve(t testing.TB, h http.HandlerFunc) string {
	t.Helper()
	s := httptest.NewUnstartedServer(h)
	s.Config.ErrorLog = quiet
	s.Start()
	t.Cleanup(func() { s.CloseClientConnections(); s.Close() })
	return s.URL
}

// mock starts a mock service with the tests' key, and a client for it.
func mock(t testing.TB, quirks mockhub.Quirks, set ...func(*Config)) (*mockhub.Hub, *Client) {
	t.Helper()
	h := mockhub.New(mockhub.Options{Key: canary, Quirks: quirks})
	s := httptest.NewServer(h)
	t.Cleanup(func() { h.Close(); s.Close() })
	return h, clientFor(t, s.URL, set...)
}

// tripper answers requests in place of the network, so that a test can run on a clock of its own.
type tripper func(*http.Request) (*http.Response, error)

func (f tripper) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Body != nil {
		_, _ = io.Copy(io.Discard, r.Body)
		_ = r.Body.Close()
	}
	return f(r)
}

// wire gives the innermost transport of a client.
func wire(c *Client) *transport { return c.http.HTTPClient.Transport.(*transport) }

// offline is a client whose requests go to f.
func offline(t testing.TB, f tripper, set ...func(*Config)) *Client {
	t.Helper()
	c := clientFor(t, "https://hub.test", set...)
	wire(c).next = f
	return c
}

// reply makes an answer; headers come in pairs.
func reply(status int, body string, headers ...string) *http.Response {
	h := http.Header{"Content-Type": {"application/json"}}
	for i := 0; i < len(headers); i += 2 {
		h.Set(headers[i], headers[i+1])
	}
	return &http.Response{StatusCode: status, Header: h, Body: io.NopCloser(bytes.NewBufferString(body)), ContentLength: int64(len(body))}
}

// safeBuffer is a buffer that a log can write while a test reads.
type safeBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (b *safeBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *safeBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.String()
}

// The three kinds of requests, straight through call: what the client's methods share or add is not these tests' business.

func read(ctx context.Context, c *Client) error {
	_, err := call[list[Chatbot]](ctx, c, get("/chatbots"), nil)
	return err
}

func change(ctx context.Context, c *Client) error {
	_, err := call[Chatbot](ctx, c, update("/chatbot/{uuid}/update", someID), settings())
	return err
}

func erase(ctx context.Context, c *Client) error {
	_, err := call[success](ctx, c, remove("/chatbot/{uuid}/delete", someID), nil)
	return err
}

func make1(ctx context.Context, c *Client) error {
	_, err := call[Chatbot](ctx, c, create("/chatbot/create"), settings())
	return err
}

func settings() ChatbotSettings {
	return ChatbotSettings{Name: "body-canary", Visibility: "private", RateLimit: RateLimit{20, 240}, RateLimitMessage: "Slow down"}
}

func mustURL(t testing.TB, raw string) *url.URL {
	t.Helper()
	u, err := url.Parse(raw)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// quiet takes the complaints of servers.
var quiet = log.New(io.Discard, "", 0)
