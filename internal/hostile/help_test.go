// Package hostile tests what the client does with answers that are meant to harm it (goals.md S4). Its tests count memory, so none is parallel.
package hostile

import (
	"bytes"
	"cmp"
	"context"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest/resttest"
)

const (
	someID = hub.ID("43474da7ae3b4b7191ee29c2de798257")
	// allowed is the memory, in bytes, that an answer may cost that is refused.
	allowed = 64_000_000
	// largest is the size of the largest answer that is read.
	largest = 32 << 20
)

// cost calls f and returns how many bytes it allocates. The memory of the process grows by less, because garbage is collected meanwhile. But
// unlike the growth, this figure is the same in each run, and whatever else the machine does.
func cost(f func()) int {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return int(after.TotalAlloc - before.TotalAlloc)
}

// client returns a client whose requests go to network, or to a service at an address if network is nil.
func client(t testing.TB, address string, network http.RoundTripper, set ...func(*hub.Config)) *hub.Client {
	t.Helper()
	base, err := hub.ParseBaseURL(address)
	if err != nil {
		t.Fatal(err)
	}
	cfg := hub.Config{Config: rest.Config{BaseURL: base, APIKey: resttest.APIKey, MaxRetries: 2, BackoffMin: time.Millisecond, BackoffMax: 2 * time.Millisecond,
		Network: func(own http.RoundTripper) http.RoundTripper {
			if network != nil {
				return network
			}
			return own
		}}}
	for _, f := range set {
		f(&cfg)
	}
	return hub.New(cfg)
}

// service starts a service and returns its address.
func service(t testing.TB, h http.HandlerFunc) string {
	t.Helper()
	s := httptest.NewUnstartedServer(h)
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.Start()
	t.Cleanup(func() { s.CloseClientConnections(); s.Close() })
	return s.URL
}

// repeated is a text that begins with head, and then has units until it has the largest size. NUMBER in a unit is a hexadecimal number of 8 digits,
// another one each time.
type repeated struct {
	head, unit, tail string
	size             int // instead of the largest one, unless it is 0
}

const number = "NUMBER__"

// reader returns a reader of the text, which needs no memory for all of it.
func (r repeated) reader() io.Reader {
	size := cmp.Or(r.size, largest)
	n := (size - len(r.head) - len(r.tail)) / max(len(r.unit), 1)
	return io.MultiReader(strings.NewReader(r.head), &units{left: n, unit: r.unit}, strings.NewReader(r.tail))
}

// units reads a unit many times.
type units struct {
	unit string
	left int
	buf  []byte
	rest []byte // of buf
}

// Read implements io.Reader.
func (r *units) Read(p []byte) (int, error) {
	if len(r.rest) == 0 {
		if r.left == 0 || r.unit == "" {
			return 0, io.EOF
		}
		r.fill()
	}
	n := copy(p, r.rest)
	r.rest = r.rest[n:]
	return n, nil
}

// fill sets rest to the next units.
func (r *units) fill() {
	n := min(r.left, 1000)
	if r.buf == nil {
		r.buf = bytes.Repeat([]byte(r.unit), n)
	}
	if at := strings.Index(r.unit, number); at >= 0 {
		for i := range n {
			digits := r.buf[i*len(r.unit)+at:]
			for d, v := len(number)-1, r.left-i; d >= 0; d, v = d-1, v>>4 {
				digits[d] = "0123456789abcdef"[v&15]
			}
		}
	}
	r.rest, r.left = r.buf[:n*len(r.unit)], r.left-n
}

// answers returns a network in which each answer has the status and the text, and the number of requests.
func answers(status int, text repeated) (network http.RoundTripper, requests *int) {
	requests = new(int)
	return resttest.RoundTripper(func(*http.Request) (*http.Response, error) {
		*requests++
		resp := resttest.Reply(status, "")
		resp.Body, resp.ContentLength = io.NopCloser(text.reader()), -1
		return resp, nil
	}), requests
}

// call is a request whose answer is hostile.
type call func(context.Context, *hub.Client) error

// The requests that are answered with a list, by what it has.
var lists = map[string]call{
	"chatbots":    func(ctx context.Context, c *hub.Client) error { _, err := c.Chatbots(ctx); return err },
	"agents":      func(ctx context.Context, c *hub.Client) error { _, err := c.Agents(ctx, someID); return err },
	"sources":     func(ctx context.Context, c *hub.Client) error { _, err := c.Sources(ctx, someID); return err },
	"source tags": func(ctx context.Context, c *hub.Client) error { _, err := c.SourceTags(ctx, someID); return err },
	"sessions": func(ctx context.Context, c *hub.Client) error {
		_, err := c.Sessions(ctx, someID, time.Time{}, time.Time{})
		return err
	},
	"messages": func(ctx context.Context, c *hub.Client) error { _, err := c.Messages(ctx, someID); return err },
}
