package rest

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest/resttest"
)

// TestRetryRules: how often each kind of request is sent when the service always fails, and whether a failed create is ambiguous.
func TestRetryRules(t *testing.T) {
	t.Parallel()
	kinds := map[string]func(context.Context, *Client) error{"read": read, "change": change, "erase": deleteBot, "create": createBot}
	for name, tc := range map[string]struct {
		fault     mockhub.Fault
		again     string // the kinds that are sent again
		ambiguous bool   // a create is
	}{
		"400":           {mockhub.Fault{Status: 400}, "", false},
		"401":           {mockhub.Fault{Status: 401}, "", false},
		"404":           {mockhub.Fault{Status: 404}, "", false},
		"422":           {mockhub.Fault{Status: 422}, "", false},
		"429":           {mockhub.Fault{Status: 429}, "read change erase create", false},
		"500":           {mockhub.Fault{Status: 500}, "", true},
		"501":           {mockhub.Fault{Status: 501}, "", true},
		"502":           {mockhub.Fault{Status: 502}, "read change erase", true},
		"503":           {mockhub.Fault{Status: 503}, "read change erase", true},
		"504":           {mockhub.Fault{Status: 504}, "read change erase", true},
		"503 cut":       {mockhub.Fault{Status: 503, Truncate: 2}, "read change erase", true},
		"429 cut":       {mockhub.Fault{Status: 429, Truncate: 2}, "read change erase create", false},
		"reset":         {mockhub.Fault{Drop: true}, "read change erase", true},
		"reset, done":   {mockhub.Fault{Drop: true, Process: true}, "read change erase", true},
		"half":          {mockhub.Fault{Status: 200, Body: `{"uuid":"`, Truncate: 4}, "read change erase", true},
		"a page":        {mockhub.Fault{HTML: true}, "", true},
		"broken JSON":   {mockhub.Fault{Status: 200, Body: `{"uuid":`}, "", true},
		"nothing":       {mockhub.Fault{Status: 200}, "", true},
		"wrong type":    {mockhub.Fault{Status: 200, Body: `7`}, "", true},
		"200 and error": {mockhub.Fault{Status: 200, Body: `{"error":"limit reached"}`}, "", false},
	} {
		for kind, send := range kinds {
			t.Run(name+"/"+kind, func(t *testing.T) {
				t.Parallel()
				h, c := mock(t, mockhub.Quirks{})
				transportOf(c).network.(*http.Transport).DisableKeepAlives = true // or net/http repeats a GET by itself
				h.AddChatbot(mockhub.Chatbot{UUID: string(someID)})
				fault := tc.fault
				fault.Times = -1
				h.Inject(fault)
				err := send(t.Context(), c)
				if err == nil {
					t.Fatal("no error")
				}
				want := 1
				if strings.Contains(tc.again, kind) {
					want = 3
				}
				if got := h.Count(""); got != want {
					t.Errorf("%d requests, want %d (%v)", got, want, err)
				}
				if kind == "create" && IsAmbiguous(err) != tc.ambiguous {
					t.Errorf("ambiguous: %v (%v)", !tc.ambiguous, err)
				}
			})
		}
	}
}

func TestRetryGetsThere(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]mockhub.Fault{"429": {Status: 429, Times: 2}, "504": {Status: 504, Times: 2}, "reset": {Drop: true, Times: 2}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h, c := mock(t, mockhub.Quirks{})
			h.AddChatbot(mockhub.Chatbot{UUID: string(someID)})
			fault.Route = "POST /chatbot/{uuid}/update"
			h.Inject(fault)
			if err := change(t.Context(), c); err != nil {
				t.Fatal(err)
			}
			if bot, _ := h.Chatbot(string(someID)); bot.Name != settings().Name {
				t.Errorf("the body was lost: %+v", bot)
			}
		})
	}
}

// TestNoRetriesIsOneRequest: without retries a call is one request, even if the kept connection was closed.
func TestNoRetriesIsOneRequest(t *testing.T) {
	t.Parallel()
	for _, n := range []int{0, -1} {
		h, c := mock(t, mockhub.Quirks{}, func(cfg *Config) { cfg.MaxRetries = n })
		for range 3 {
			if err := read(t.Context(), c); err != nil {
				t.Fatal(err)
			}
			h.Inject(mockhub.Fault{Drop: true})
			before := h.Count("")
			if err := read(t.Context(), c); err == nil {
				t.Error("no error")
			}
			if got := h.Count("") - before; got != 1 {
				t.Errorf("max_retries %d: %d requests, want 1", n, got)
			}
		}
	}
}

// TestCreateWithoutAConnection: a create without a connection is sent again, and is not ambiguous if all attempts fail.
func TestCreateWithoutAConnection(t *testing.T) {
	t.Parallel()
	t.Run("dial", func(t *testing.T) {
		t.Parallel()
		h, c := mock(t, mockhub.Quirks{})
		next := transportOf(c).network.(*http.Transport)
		dial, tries := next.DialContext, 0
		next.DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
			if tries++; tries <= 2 {
				return nil, &net.OpError{Op: "dial", Net: network, Err: errors.New("connection refused")}
			}
			return dial(ctx, network, address)
		}
		if err := createBot(t.Context(), c); err != nil || h.Count("") != 1 || tries != 3 {
			t.Errorf("%v, %d requests, %d dials", err, h.Count(""), tries)
		}
	})
	t.Run("TLS hang-up", func(t *testing.T) {
		t.Parallel()
		l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = l.Close() })
		var dials atomic.Int32
		go func() {
			for conn, err := l.Accept(); err == nil; conn, err = l.Accept() {
				dials.Add(1)
				_ = conn.Close()
			}
		}()
		err = createBot(t.Context(), clientFor(t, "https://"+l.Addr().String()))
		if err == nil || IsAmbiguous(err) || dials.Load() != 3 {
			t.Errorf("%v, ambiguous %v, %d dials", err, IsAmbiguous(err), dials.Load())
		}
	})
	t.Run("certificate", func(t *testing.T) { // another attempt would fail in the same way
		t.Parallel()
		var handled, dials atomic.Int32
		s := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { handled.Add(1) }))
		s.Config.ErrorLog = resttest.Quiet
		s.Config.ConnState = func(_ net.Conn, state http.ConnState) {
			if state == http.StateNew {
				dials.Add(1)
			}
		}
		s.StartTLS()
		t.Cleanup(s.Close)
		err := createBot(t.Context(), clientFor(t, s.URL))
		if err == nil || IsAmbiguous(err) || handled.Load() != 0 || dials.Load() != 1 {
			t.Errorf("%v, ambiguous %v, %d requests, %d dials", err, IsAmbiguous(err), handled.Load(), dials.Load())
		}
	})
	t.Run("http where https is said", func(t *testing.T) {
		t.Parallel()
		var o origin
		s := o.start(t, false, func(http.ResponseWriter, *http.Request) {})
		err := createBot(t.Context(), clientFor(t, strings.Replace(s.URL, "http://", "https://", 1)))
		if err == nil || IsAmbiguous(err) || !strings.Contains(err.Error(), "HTTP response to HTTPS client") || o.connections.Load() != 1 {
			t.Errorf("%v, ambiguous %v, %d dials", err, IsAmbiguous(err), o.connections.Load())
		}
	})
}

// TestCreateCancelledAfter429: a create that was answered with 429 is not ambiguous, even if the wait for the next attempt is interrupted.
func TestCreateCancelledAfter429(t *testing.T) {
	t.Parallel()
	h, c := mock(t, mockhub.Quirks{})
	h.Inject(mockhub.Fault{Status: 429, RetryAfter: "60"})
	ctx, cancel := context.WithCancel(t.Context())
	err := createBot(ctx, afterTry(c, cancel))
	if !errors.Is(err, context.Canceled) || IsAmbiguous(err) || h.Count("") != 1 {
		t.Errorf("%v, ambiguous %v, %d requests", err, IsAmbiguous(err), h.Count(""))
	}
}

// afterTry calls f after the answer to an attempt.
func afterTry(c *Client, f func()) *Client {
	transportOf(c).network = hooked{transportOf(c).network, f}
	return c
}

type hooked struct {
	http.RoundTripper
	after func()
}

func (h hooked) RoundTrip(r *http.Request) (*http.Response, error) {
	defer h.after()
	return h.RoundTripper.RoundTrip(r)
}

func TestTryTimeout(t *testing.T) {
	t.Parallel()
	for name, trip := range map[string]resttest.RoundTripper{
		"no head": func(r *http.Request) (*http.Response, error) { <-r.Context().Done(); return nil, r.Context().Err() },
		"no body": func(r *http.Request) (*http.Response, error) {
			resp := resttest.Reply(http.StatusOK, "")
			resp.Body, resp.ContentLength = stalled{r.Context().Done()}, -1
			return resp, nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				tries := 0
				c := offline(t, func(r *http.Request) (*http.Response, error) { tries++; return trip(r) }, func(cfg *Config) { cfg.RequestTimeout = 7 * time.Second })
				start := time.Now()
				err := read(t.Context(), c)
				var te *TransportError
				if !errors.As(err, &te) || !strings.Contains(err.Error(), "timeout: no complete answer within 7s") {
					t.Error(err)
				}
				if d := time.Since(start); tries != 3 || d < 21*time.Second || d > 22*time.Second {
					t.Errorf("%d tries in %s", tries, d)
				}
			})
		})
	}
}

// TestPauseIsNotInTheTimeout: the timeout of an attempt does not include a pause.
func TestPauseIsNotInTheTimeout(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := offline(t, func(*http.Request) (*http.Response, error) { return resttest.Reply(http.StatusOK, `[]`), nil }, func(cfg *Config) { cfg.RequestTimeout = time.Second })
		transportOf(c).limits.pause(time.Minute)
		if err := read(t.Context(), c); err != nil {
			t.Error(err)
		}
	})
}

func TestRetryAfter(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	for _, tc := range []struct {
		after, date string
		want        time.Duration
	}{
		{"", "", 0}, {"0", "", 0}, {"-1", "", 0}, {"1", "", time.Second}, {" 2 ", "", 2 * time.Second}, {"0.25", "", 250 * time.Millisecond},
		{"300", "", maxRetryAfter}, {"301", "", maxRetryAfter}, {strings.Repeat("9", 500), "", maxRetryAfter},
		{"1e3", "", 0}, {"0x10", "", 0}, {"inf", "", 0}, {"NaN", "", 0}, {"+5", "", 0}, {"5s", "", 0}, {"soon", "", 0}, {"1,5", "", 0}, {"1;2", "", 0},
		{"Fri, 02 Jan 2026 03:04:35 GMT", "", 30 * time.Second},
		{"Friday, 02-Jan-26 03:04:35 GMT", "", 30 * time.Second},
		{"Fri Jan  2 03:04:35 2026", "", 30 * time.Second},
		{"Fri, 02 Jan 2026 03:04:35 GMT", "garbage", 30 * time.Second},
		{"Fri, 02 Jan 2026 03:04:35 GMT", "Fri, 02 Jan 2026 03:04:25 GMT", 10 * time.Second},
		{"Fri, 02 Jan 2026 03:04:35 GMT", "Fri, 02 Jan 2026 03:04:35 GMT", 0},
		{"Fri, 02 Jan 2026 03:04:35 GMT", "Fri, 02 Jan 1970 00:00:00 GMT", maxRetryAfter},
		{"Fri, 02 Jan 2026 03:04:05 GMT", "", 0}, {"Thu, 01 Jan 1970 00:00:00 GMT", "", 0}, {"Fri, 31 Dec 9999 23:59:59 GMT", "", maxRetryAfter},
	} {
		h := http.Header{}
		h.Set("Retry-After", tc.after)
		h.Set("Date", tc.date)
		if got, ok := retryAfter(h, now); got != tc.want || ok != (tc.want > 0) {
			t.Errorf("Retry-After %q, Date %q: %s, %v; want %s", tc.after, tc.date, got, ok, tc.want)
		}
	}
}

// FuzzRetryAfter: no header makes the client wait longer than maxRetryAfter (goals.md S5).
func FuzzRetryAfter(f *testing.F) {
	f.Add("120", "")
	f.Add("Fri, 02 Jan 2026 03:04:35 GMT", "Fri, 02 Jan 2026 03:04:25 GMT")
	f.Add("1e999", "-")
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	f.Fuzz(func(t *testing.T, after, date string) {
		h := http.Header{"Retry-After": {after}, "Date": {date}}
		if d, ok := retryAfter(h, now); d < 0 || d > maxRetryAfter || ok != (d > 0) {
			t.Fatalf("%s, %v", d, ok)
		}
	})
}

func TestBackoff(t *testing.T) {
	t.Parallel()
	const shortest, longest = time.Second, 30 * time.Second
	for attempt, want := range []time.Duration{1, 2, 4, 8, 16, 30, 30} {
		want *= time.Second
		least, most := longest, time.Duration(0)
		for range 500 {
			d := backoff(shortest, longest, attempt, nil)
			least, most = min(least, d), max(most, d)
		}
		if least < want/2 || most > want || most-least < want/4 {
			t.Errorf("attempt %d waits %s to %s, want half of %s to all of it", attempt, least, most, want)
		}
	}
	if d := backoff(shortest, longest, 1<<30, nil); d < longest/2 || d > longest {
		t.Errorf("a late attempt waits %s", d)
	}
	busy := resttest.Reply(http.StatusServiceUnavailable, "", "Retry-After", "20")
	if d := waitBetween(shortest, longest, 0, busy); d < 20*time.Second || d > 21*time.Second {
		t.Errorf("503 with Retry-After waits %s", d)
	}
	if d := waitBetween(shortest, longest, 0, resttest.Reply(http.StatusTooManyRequests, "", "Retry-After", "20")); d != 0 {
		t.Errorf("a caller waits %s by itself after a 429", d)
	}
}
