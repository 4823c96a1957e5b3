package rest

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest/resttest"
)

// readAll reads with n concurrent callers and returns their errors.
func readAll(t *testing.T, c *Client, n int) []error {
	t.Helper()
	errs := make([]error, n)
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() { errs[i] = read(t.Context(), c) })
	}
	wg.Wait()
	return errs
}

func TestPauseStopsTheWholeProcess(t *testing.T) {
	t.Parallel()
	date := func(at time.Time) string { return at.UTC().Format(http.TimeFormat) }
	for name, tc := range map[string]struct {
		header   func(now time.Time) []string
		min, max time.Duration // of the pause
	}{
		"seconds":    {func(time.Time) []string { return []string{"Retry-After", "42"} }, 42 * time.Second, 44 * time.Second},
		"a fraction": {func(time.Time) []string { return []string{"Retry-After", "1.5"} }, 1500 * time.Millisecond, 2 * time.Second},
		"a date":     {func(now time.Time) []string { return []string{"Retry-After", date(now.Add(42 * time.Second))} }, 42 * time.Second, 44 * time.Second},
		"by the server clock": {func(now time.Time) []string {
			return []string{"Date", date(now.Add(-24 * time.Hour)), "Retry-After", date(now.Add(-24*time.Hour + 42*time.Second))}
		}, 42 * time.Second, 44 * time.Second},
		"far future":  {func(now time.Time) []string { return []string{"Retry-After", date(now.Add(999 * time.Hour))} }, maxRetryAfter, maxRetryAfter + 2*time.Second},
		"too long":    {func(time.Time) []string { return []string{"Retry-After", "99999999999999999999999"} }, maxRetryAfter, maxRetryAfter + 2*time.Second},
		"garbage":     {func(time.Time) []string { return []string{"Retry-After", "soon"} }, time.Second, 3 * time.Second},
		"the past":    {func(now time.Time) []string { return []string{"Retry-After", date(now.Add(-time.Hour))} }, time.Second, 3 * time.Second},
		"zero":        {func(time.Time) []string { return []string{"Retry-After", "0"} }, time.Second, 3 * time.Second},
		"not a word":  {func(time.Time) []string { return nil }, time.Second, 3 * time.Second},
		"an infinity": {func(time.Time) []string { return []string{"Retry-After", "inf"} }, time.Second, 3 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				var mu sync.Mutex
				var throttled time.Time
				var later []time.Time
				c := offline(t, func(*http.Request) (*http.Response, error) {
					mu.Lock()
					defer mu.Unlock()
					if throttled.IsZero() {
						throttled = time.Now()
						return resttest.Reply(http.StatusTooManyRequests, `{"error":"slow down"}`, tc.header(throttled)...), nil
					}
					later = append(later, time.Now())
					return resttest.Reply(http.StatusOK, `[]`), nil
				}, func(cfg *Config) { cfg.BackoffMin, cfg.BackoffMax = 2*time.Second, 30*time.Second })
				var first sync.WaitGroup
				first.Go(func() { _ = read(t.Context(), c) })
				synctest.Wait() // the first caller has received its 429; the others begin after it
				for _, err := range readAll(t, c, 9) {
					if err != nil {
						t.Error(err)
					}
				}
				first.Wait()
				if len(later) != 10 {
					t.Fatalf("%d requests after the pause, want 10", len(later))
				}
				soonest, last := slices.MinFunc(later, time.Time.Compare).Sub(throttled), slices.MaxFunc(later, time.Time.Compare).Sub(throttled)
				if soonest < tc.min || last > tc.max {
					t.Errorf("requests %s to %s after the 429, want %s to %s", soonest, last, tc.min, tc.max)
				}
				if soonest == last {
					t.Error("all callers continued at the same time: no jitter")
				}
			})
		})
	}
}

// TestPauseBeginsAtTheHead: a 429 takes effect with its header. Its body may be slow, endless or cut.
func TestPauseBeginsAtTheHead(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		first := true
		c := offline(t, func(r *http.Request) (*http.Response, error) {
			if first {
				first = false
				resp := resttest.Reply(http.StatusTooManyRequests, "", "Retry-After", "30")
				resp.Body = stalled{r.Context().Done()}
				return resp, nil
			}
			return resttest.Reply(http.StatusOK, `[]`), nil
		}, func(cfg *Config) { cfg.MaxRetries = 0; cfg.RequestTimeout = 10 * time.Second })
		go func() { _ = createBot(t.Context(), c) }()
		synctest.Wait()
		start := time.Now()
		if err := read(t.Context(), c); err != nil || time.Since(start) < 30*time.Second {
			t.Errorf("%v after %s", err, time.Since(start))
		}
	})
}

// stalled is a body that returns no data.
type stalled struct{ done <-chan struct{} }

func (s stalled) Read([]byte) (int, error) {
	<-s.done
	return 0, context.Canceled
}

func (stalled) Close() error { return nil }

func TestShorterPauseDoesNotEndALongerOne(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := newLimits(0)
		start := time.Now()
		l.pause(time.Minute)
		l.pause(time.Second)
		go func() { time.Sleep(59 * time.Second); l.pause(time.Minute) }() // a pause that begins meanwhile extends it
		if err := l.wait(t.Context()); err != nil || time.Since(start) < 119*time.Second {
			t.Errorf("%v after %s", err, time.Since(start))
		}
	})
}

// TestBucketKeepsTheLimit: no window of 60 s contains more requests than the limit, whatever the callers and the pauses are. Callers that
// always wait for the bucket get at least 95 % of the limit.
func TestBucketKeepsTheLimit(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		limit := rapid.IntRange(1, 200).Draw(rt, "limit")
		callers := rapid.IntRange(1, 12).Draw(rt, "callers")
		idle := rapid.IntRange(0, 100).Draw(rt, "idle seconds")
		pauses := rapid.SliceOfN(rapid.IntRange(1, 100), 0, 3).Draw(rt, "pauses, seconds")
		const length = 5 * time.Minute
		var sent []time.Time
		synctest.Test(t, func(t *testing.T) {
			l := newLimits(limit)
			time.Sleep(time.Duration(idle) * time.Second)
			ctx, cancel := context.WithTimeout(t.Context(), length)
			defer cancel()
			var mu sync.Mutex
			var wg sync.WaitGroup
			for range callers {
				wg.Go(func() {
					for l.wait(ctx) == nil {
						mu.Lock()
						sent = append(sent, time.Now())
						mu.Unlock()
					}
				})
			}
			for _, p := range pauses {
				time.Sleep(30 * time.Second)
				l.pause(time.Duration(p) * time.Second)
			}
			wg.Wait()
		})
		for i := limit; i < len(sent); i++ {
			if d := sent[i].Sub(sent[i-limit]); d <= time.Minute {
				rt.Fatalf("limit %d: request %d comes %s after request %d", limit, i, d, i-limit)
			}
		}
		if want := 0.95 * float64(limit) * length.Minutes(); len(pauses) == 0 && float64(len(sent)) < want-1 {
			rt.Fatalf("limit %d: %d requests in %s, want %.0f", limit, len(sent), length, want)
		}
	})
}

func TestCancelAtOnce(t *testing.T) {
	t.Parallel()
	busy := func(*http.Request) (*http.Response, error) {
		return resttest.Reply(http.StatusServiceUnavailable, `{}`), nil
	}
	for name, tc := range map[string]struct {
		set   func(*Config)
		ready func(context.Context, *Client)
		trip  resttest.RoundTripper
		sent  int
	}{
		"backoff":   {func(cfg *Config) { cfg.BackoffMin, cfg.BackoffMax = time.Hour, time.Hour }, func(context.Context, *Client) {}, busy, 1},
		"pause":     {func(*Config) {}, func(_ context.Context, c *Client) { transportOf(c).limits.pause(time.Hour) }, busy, 0},
		"bucket":    {func(cfg *Config) { cfg.RequestsPerMinute = 1 }, func(ctx context.Context, c *Client) { _ = transportOf(c).limits.wait(ctx) }, busy, 0},
		"no answer": {func(*Config) {}, func(context.Context, *Client) {}, func(r *http.Request) (*http.Response, error) { <-r.Context().Done(); return nil, r.Context().Err() }, 1},
		"half an answer": {func(*Config) {}, func(context.Context, *Client) {}, func(r *http.Request) (*http.Response, error) {
			resp := resttest.Reply(http.StatusOK, "")
			resp.Body, resp.ContentLength = stalled{r.Context().Done()}, -1
			return resp, nil
		}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				sent := 0
				c := offline(t, func(r *http.Request) (*http.Response, error) { sent++; return tc.trip(r) }, tc.set)
				tc.ready(t.Context(), c)
				why := errors.New("the run was interrupted")
				ctx, cancel := context.WithCancelCause(t.Context())
				var err error
				done := make(chan struct{})
				go func() { err = read(ctx, c); close(done) }()
				time.Sleep(time.Second)
				synctest.Wait()
				start := time.Now()
				cancel(why)
				<-done
				if d := time.Since(start); d != 0 {
					t.Errorf("it returned after %s", d)
				}
				if !errors.Is(err, context.Canceled) || !errors.Is(err, why) {
					t.Errorf("%v is neither context.Canceled nor its cause", err)
				}
				if sent != tc.sent {
					t.Errorf("%d requests, want %d", sent, tc.sent)
				}
			})
		})
	}
}

// TestDeadlineInTheBucket: if the deadline is before the next token, the call fails without further attempts.
func TestDeadlineInTheBucket(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := offline(t, func(*http.Request) (*http.Response, error) { return resttest.Reply(http.StatusOK, `[]`), nil }, func(cfg *Config) { cfg.RequestsPerMinute = 1 })
		if err := read(t.Context(), c); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		start := time.Now()
		if err := read(ctx, c); !errors.Is(err, context.DeadlineExceeded) || time.Since(start) > 10*time.Second || IsAmbiguous(err) {
			t.Errorf("%v after %s", err, time.Since(start))
		}
		if err := read(t.Context(), c); err != nil || time.Since(start) > 62*time.Second {
			t.Errorf("the token of a caller that gave up is lost: %v after %s", err, time.Since(start))
		}
	})
}

// TestAnswerBeatsCancel: an answer that was received is returned although ctx has ended, because it may contain the only copy of a new id.
func TestAnswerBeatsCancel(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	c := offline(t, func(*http.Request) (*http.Response, error) {
		cancel()
		return resttest.Reply(http.StatusOK, `{"uuid":"`+string(someID)+`"}`), nil
	})
	if bot, err := Call[bot](ctx, c, Create("/chatbot/create"), settings()); err != nil || bot.ID != someID {
		t.Errorf("%v, %v", bot, err)
	}
}
