package hub

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest/resttest"
)

const someID = ID("43474da7ae3b4b7191ee29c2de798257")

// network is the network of a client. A test may replace next.
type network struct{ next http.RoundTripper }

func (n *network) RoundTrip(r *http.Request) (*http.Response, error) { return n.next.RoundTrip(r) }

// networks holds the network of each client.
var networks sync.Map

// networkOf returns the network of a client from clientFor.
func networkOf(c *Client) *network {
	n, _ := networks.Load(c)
	return n.(*network)
}

// clientFor returns a client of the service at address, with short waits.
func clientFor(t testing.TB, address string, set ...func(*Config)) *Client {
	t.Helper()
	base, err := ParseBaseURL(address)
	if err != nil {
		t.Fatal(err)
	}
	n := &network{}
	cfg := Config{Config: rest.Config{
		BaseURL: base, APIKey: resttest.APIKey, UserAgent: "terraform-provider-aichatbothub/test Terraform/1.2.3",
		MaxRetries: 2, BackoffMin: time.Millisecond, BackoffMax: 2 * time.Millisecond,
		Network: func(next http.RoundTripper) http.RoundTripper { n.next = next; return n },
	}}
	for _, f := range set {
		f(&cfg)
	}
	c := New(cfg)
	networks.Store(c, n)
	t.Cleanup(func() { networks.Delete(c) })
	return c
}

// mock starts a mock service with the API key of the tests, and a client for it.
func mock(t testing.TB, quirks mockhub.Quirks, set ...func(*Config)) (*mockhub.Hub, *Client) {
	t.Helper()
	h := mockhub.New(mockhub.Options{Key: resttest.APIKey, Quirks: quirks})
	s := httptest.NewServer(h)
	t.Cleanup(func() { h.Close(); s.Close() })
	return h, clientFor(t, s.URL, set...)
}

// offline returns a client whose requests go to f.
func offline(t testing.TB, f resttest.RoundTripper, set ...func(*Config)) *Client {
	t.Helper()
	c := clientFor(t, "https://hub.test", set...)
	networkOf(c).next = f
	return c
}

func settings() ChatbotSettings {
	return ChatbotSettings{Name: "body-canary", Visibility: "private", RateLimit: RateLimit{20, 240}, RateLimitMessage: "Slow down"}
}

// thingID returns the id of number n.
func thingID(n int) ID { return ID(fmt.Sprintf("%032x", n)) }
