package rest

import (
	"context"
	"errors"
	"net/http/httptest"
	"net/url"
	"testing"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest/resttest"
)

const someID = ID("43474da7ae3b4b7191ee29c2de798257")

// clientFor returns a client of the service at address, with short waits.
func clientFor(t testing.TB, address string, set ...func(*Config)) *Client {
	t.Helper()
	base, err := ParseBaseURL(address)
	if err != nil {
		t.Fatal(err)
	}
	cfg := Config{
		BaseURL: base, APIKey: resttest.APIKey, UserAgent: "terraform-provider-aichatbothub/test Terraform/1.2.3",
		MaxRetries: 2, BackoffMin: time.Millisecond, BackoffMax: 2 * time.Millisecond,
	}
	for _, f := range set {
		f(&cfg)
	}
	return New(cfg)
}

// mock starts a mock service with the API key of the tests, and a client for it.
func mock(t testing.TB, quirks mockhub.Quirks, set ...func(*Config)) (*mockhub.Hub, *Client) {
	t.Helper()
	h := mockhub.New(mockhub.Options{Key: resttest.APIKey, Quirks: quirks})
	s := httptest.NewServer(h)
	t.Cleanup(func() { h.Close(); s.Close() })
	return h, clientFor(t, s.URL, set...)
}

// transportOf returns the transport of a client.
func transportOf(c *Client) *transport { return c.http.HTTPClient.Transport.(*transport) }

// offline returns a client whose requests go to f.
func offline(t testing.TB, f resttest.RoundTripper, set ...func(*Config)) *Client {
	t.Helper()
	c := clientFor(t, "https://hub.test", set...)
	transportOf(c).network = f
	return c
}

// bot is an object of the service with the parts that these tests need.
type bot struct {
	ID   ID `json:"uuid"`
	Meta struct {
		ShowCitations Bool     `json:"show_citations"`
		RateLimit     []Number `json:"rate_limit"`
	} `json:"meta"`
}

// Check implements Checker.
func (b *bot) Check() error {
	if b.ID == "" {
		return errors.New("no uuid")
	}
	return nil
}

// bots is a list of objects.
type bots []bot

// Check implements Checker.
func (b *bots) Check() error {
	if *b == nil {
		return errors.New("no list")
	}
	for i := range *b {
		if err := (*b)[i].Check(); err != nil {
			return err
		}
	}
	return nil
}

// botSettings is the body of requests.
type botSettings struct {
	Name             string `json:"name"`
	Visibility       string `json:"visibility"`
	RateLimit        [2]int `json:"rate_limit"`
	RateLimitMessage string `json:"rate_limit_message"`
	ShowCitations    bool   `json:"show_citations"`
}

func settings() botSettings {
	return botSettings{Name: "body-canary", Visibility: "private", RateLimit: [2]int{20, 240}, RateLimitMessage: "Slow down"}
}

// The requests of these tests, one of each kind.

func read(ctx context.Context, c *Client) error {
	_, err := Call[bots](ctx, c, Get("/chatbots"), nil)
	return err
}

func change(ctx context.Context, c *Client) error {
	_, err := Call[bot](ctx, c, Update("/chatbot/{uuid}/update", someID), settings())
	return err
}

func deleteBot(ctx context.Context, c *Client) error {
	_, err := Call[Empty](ctx, c, Delete("/chatbot/{uuid}/delete", someID), nil)
	return err
}

func createBot(ctx context.Context, c *Client) error {
	_, err := Call[bot](ctx, c, Create("/chatbot/create"), settings())
	return err
}

func mustURL(t testing.TB, raw string) *url.URL {
	t.Helper()
	u, err := url.Parse(raw)
	if err != nil {
		t.Fatal(err)
	}
	return u
}
