package provider_test

import (
	"net/http"
	"sync"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// boom is an http.RoundTripper that panics after the answer of one request.
type boom struct {
	mu    sync.Mutex
	left  int // requests before it
	armed bool
	fired bool
}

func (b *boom) arm(after int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.left, b.armed, b.fired = after, true, false
}

// disarm reports whether it has panicked.
func (b *boom) disarm() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.armed = false
	return b.fired
}

// option is a provider.Option.
func (b *boom) option(cfg *hub.Config) {
	cfg.Transport = func(next http.RoundTripper) http.RoundTripper { return roundTrip{next, b} }
}

type roundTrip struct {
	next http.RoundTripper
	boom *boom
}

// RoundTrip implements http.RoundTripper.
func (r roundTrip) RoundTrip(req *http.Request) (*http.Response, error) {
	resp, err := r.next.RoundTrip(req)
	r.boom.mu.Lock()
	defer r.boom.mu.Unlock()
	if !r.boom.armed || r.boom.fired {
		return resp, err
	}
	if r.boom.left--; r.boom.left < 0 {
		if err == nil {
			_ = resp.Body.Close()
		}
		r.boom.fired = true
		panic("boom")
	}
	return resp, err
}
