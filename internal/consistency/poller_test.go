package consistency

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest"
)

// trained is an object of a poll.
type trained struct{ status string }

// TestSharedPolls is goal P3: a hundred waiters need at most 14 lists in a minute, and a single small source does not wait for PollInterval.
func TestSharedPolls(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		var lists atomic.Int64
		statusAfter := func(after time.Duration) string {
			if time.Since(start) >= after {
				return "success"
			}
			return "running"
		}
		until := time.Minute
		p := &poller[trained]{interval: 5 * time.Second, first: time.Second, list: func(ctx context.Context) ([]trained, error) {
			lists.Add(1)
			status := statusAfter(until)
			return []trained{{status}}, rest.Sleep(ctx, 100*time.Millisecond)
		}}
		waitAll := func(n int) {
			var wg sync.WaitGroup
			for range n {
				wg.Go(func() {
					for seen := false; ; seen = true {
						sources, err := p.wait(t.Context(), seen)
						if err != nil {
							t.Error(err)
							return
						}
						if sources[0].status == "success" {
							return
						}
					}
				})
			}
			wg.Wait()
		}
		waitAll(100)
		if n := lists.Load(); n > 14 {
			t.Errorf("%d lists for 100 sources in training for a minute, want 14 at most", n)
		}
		t.Logf("%d lists for 100 sources in training for a minute", lists.Load())

		lists.Store(0)
		again := time.Now()
		waitAll(1)
		if took := time.Since(again); took > 2*time.Second || lists.Load() != 1 {
			t.Errorf("a small text took %s and %d lists", took, lists.Load())
		}

		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := p.wait(ctx, true); !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	})
}
