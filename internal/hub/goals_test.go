package hub

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest/resttest"
)

// line connects a client to a mock in the same bubble without a network, so that both use the bubble's clock. It records when requests were
// sent, and the cooldowns after a 429.
type line struct {
	service http.Handler
	mu      sync.Mutex
	sent    []time.Time
	quiet   []cooldown
}

// cooldown is the time from the receipt of a 429 to the end of its Retry-After.
type cooldown struct{ from, until time.Time }

// RoundTrip implements http.RoundTripper.
func (l *line) RoundTrip(r *http.Request) (*http.Response, error) {
	l.mu.Lock()
	l.sent = append(l.sent, time.Now())
	l.mu.Unlock()
	in := r.Clone(r.Context())
	if in.Body == nil {
		in.Body = http.NoBody
	}
	rec := httptest.NewRecorder()
	l.service.ServeHTTP(rec, in)
	_ = in.Body.Close()
	if rec.Code == http.StatusTooManyRequests {
		seconds, err := strconv.Atoi(rec.Header().Get("Retry-After"))
		if err != nil {
			return nil, err
		}
		l.mu.Lock()
		defer l.mu.Unlock()
		l.quiet = append(l.quiet, cooldown{time.Now(), time.Now().Add(time.Duration(seconds) * time.Second)})
	}
	return rec.Result(), nil
}

// early counts the requests that were sent within a cooldown. A request that was in flight when the 429 was received does not count.
func (l *line) early() int {
	n := 0
	for _, at := range l.sent {
		if slices.ContainsFunc(l.quiet, func(c cooldown) bool { return at.After(c.from) && at.Before(c.until) }) {
			n++
		}
	}
	return n
}

// inBubble returns a mock with a latency of 100 ms, as in goals.md, and a client for it, both with the bubble's clock.
func inBubble(t *testing.T, quirks mockhub.Quirks, set ...func(*Config)) (*mockhub.Hub, *Client, *line) {
	t.Helper()
	h := mockhub.New(mockhub.Options{Key: resttest.APIKey, Quirks: quirks, Latency: 100 * time.Millisecond})
	l := &line{service: h}
	c := clientFor(t, "https://hub.test", append([]func(*Config){func(cfg *Config) { cfg.MaxRetries = 4 }}, set...)...)
	networkOf(c).next = l
	return h, c, l
}

// workers calls do with 0 … n-1, ten at a time, as Terraform does.
func workers(n int, do func(int)) {
	next := make(chan int)
	var wg sync.WaitGroup
	for range 10 {
		wg.Go(func() {
			for i := range next {
				do(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	wg.Wait()
}

// TestGoalP4BulkDeletes: the destroy of N sources takes few bulk requests and no single delete, counted in the service, and does
// not take noticeably longer than single deletes.
func TestGoalP4BulkDeletes(t *testing.T) {
	t.Parallel()
	for _, goal := range []struct{ n, bulks, percent int }{{300, 37, 115}, {1000, 150, 135}} {
		t.Run(strconv.Itoa(goal.n), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				h, c, l := inBubble(t, mockhub.Quirks{})
				bot := h.AddChatbot(mockhub.Chatbot{})
				var ids []ID
				for range goal.n {
					ids = append(ids, ID(h.AddSource(bot, mockhub.Source{Type: qaType})))
				}
				start := time.Now()
				workers(goal.n, func(i int) {
					if err := c.DeleteSource(t.Context(), ID(bot), ids[i]); err != nil {
						t.Error(err)
					}
					time.Sleep(time.Millisecond) // the time that core needs between two objects
				})
				took, alone := time.Since(start), time.Duration(goal.n/10)*101*time.Millisecond
				bulks, singles := h.Count("POST /data-sources/delete"), h.Count("POST /data-source/{uuid}/delete")
				t.Logf("%d sources: %d bulk requests, %d requests in all, %s; one by one %s", goal.n, bulks, len(l.sent), took, alone)
				if bulks > goal.bulks || singles > 0 {
					t.Errorf("%d bulk requests and %d single ones, want %d and 0 at most", bulks, singles, goal.bulks)
				}
				if took > alone*time.Duration(goal.percent)/100 {
					t.Errorf("it takes %s, one by one %s", took, alone)
				}
				if left := len(h.Sources(bot)); left > 0 {
					t.Errorf("%d sources are left", left)
				}
			})
		})
	}
}

// TestGoalP5RateLimit: with a limit of 60 requests a minute nothing fails, the process sends nothing until a cooldown ends, and nearly all
// of the limit is used. Ten callers write objects of five nouns.
func TestGoalP5RateLimit(t *testing.T) {
	t.Parallel()
	const limit, n = 60, 1200
	for name, tc := range map[string]struct {
		own  int // requests_per_minute
		free int // the requests that a fixed window allows before any wait
	}{
		"the service says when":  {0, limit},
		"requests_per_minute":    {limit, 0},
		"a limit of ours beyond": {10 * limit, limit},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				h, c, l := inBubble(t, mockhub.Quirks{RequestsPerMinute: limit}, func(cfg *Config) { cfg.RequestsPerMinute = tc.own })
				do := writes(h, c)
				start := time.Now()
				workers(n, func(i int) {
					if err := do(t.Context(), i); err != nil {
						t.Errorf("write %d: %v", i, err)
					}
				})
				took, accepted := time.Since(start), 0
				for _, r := range h.Requests() {
					if r.Status == http.StatusOK {
						accepted++
					}
				}
				perMinute := float64(accepted-tc.free) / took.Minutes()
				t.Logf("%d requests accepted in %s, %d refused: %.1f a minute", accepted, took, len(l.quiet), perMinute)
				if n := l.early(); n > 0 {
					t.Errorf("%d requests were sent before a cooldown had ended", n)
				}
				if (len(l.quiet) == 0) != (tc.own == limit) {
					t.Errorf("%d requests were refused", len(l.quiet))
				}
				if perMinute < 0.95*limit {
					t.Errorf("%.1f requests a minute, want 95 %% of %d", perMinute, limit)
				}
			})
		})
	}
}

// writes returns a function that updates objects of five nouns in turn. The client did not create the objects.
func writes(h *mockhub.Hub, c *Client) func(context.Context, int) error {
	bot := ID(h.AddChatbot(mockhub.Chatbot{}))
	agent := ID(h.AddAgent(string(bot), mockhub.Agent{}))
	source := ID(h.AddSource(string(bot), mockhub.Source{Type: qaType}))
	tag := ID(h.AddTag(string(bot), mockhub.SourceTag{}))
	return func(ctx context.Context, i int) (err error) {
		text := fmt.Sprint("Text ", i)
		switch i % 5 {
		case 0:
			_, err = c.UpdateChatbot(ctx, bot, settings())
		case 1:
			_, err = c.UpdateAgent(ctx, bot, agent, AgentSettings{Description: &text})
		case 2:
			_, err = c.UpdateSourceTitle(ctx, bot, source, text)
		case 3:
			_, err = c.UpdateSourceTag(ctx, bot, tag, SourceTagSettings{Name: &text})
		default:
			_, err = c.CreateQASource(ctx, bot, QA{Question: text, Answer: "A"})
		}
		return err
	}
}

// TestGoalP8ListsOverlap: the lists of ten chatbots are in flight at the same time, and meanwhile other objects of the same chatbots are
// read and written: no lock is held across I/O. With such a lock, this test would not end.
func TestGoalP8ListsOverlap(t *testing.T) {
	t.Parallel()
	h, c := mock(t, mockhub.Quirks{})
	together, reached := make(chan struct{}), make(chan struct{}, 10)
	h.Inject(mockhub.Fault{Route: "GET /chatbot/{uuid}/data-sources", Times: 10, Hold: together, Reached: reached, Mutate: func(b []byte) []byte { return b }})
	var bots []ID
	var wg sync.WaitGroup
	for range 10 {
		bot := h.AddChatbot(mockhub.Chatbot{})
		id := ID(h.AddSource(bot, mockhub.Source{Type: qaType}))
		bots = append(bots, ID(bot))
		wg.Go(func() {
			if _, err := c.Source(t.Context(), ID(bot), id, ""); err != nil {
				t.Error(err)
			}
		})
	}
	for range bots {
		select {
		case <-reached:
		case <-t.Context().Done():
			t.Fatal("the lists do not overlap")
		}
	}
	for _, bot := range bots {
		_, err := c.Chatbot(t.Context(), bot)
		_, errAgents := c.Agents(t.Context(), bot)
		_, errTags := c.SourceTags(t.Context(), bot)
		_, errCreate := c.CreateQASource(t.Context(), bot, QA{Question: "Q", Answer: "A"})
		if err != nil || errAgents != nil || errTags != nil || errCreate != nil {
			t.Error(err, errAgents, errTags, errCreate)
		}
	}
	close(together)
	wg.Wait()
	if n := h.Count("GET /chatbot/{uuid}/data-sources"); n != len(bots) {
		t.Errorf("%d lists, want %d", n, len(bots))
	}
}
