package hub

import (
	"context"
	"math/rand/v2"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// limits is the process's one budget of requests: a pause that every caller observes after a 429, and the optional
// requests_per_minute. Waiting here never holds a lock.
type limits struct {
	bucket *rate.Limiter // nil = no limit of our own

	mu    sync.Mutex
	until time.Time // nobody sends before then
}

// newLimits makes a budget of perMinute requests; 0 means no limit of our own. Burst and refill together stay within perMinute in
// every window of 60 s: a small plan is not slowed down, and a server that counts per minute never sees one too many.
func newLimits(perMinute int) *limits {
	if perMinute <= 0 {
		return &limits{}
	}
	burst := max(1, perMinute/20)
	refill := perMinute
	if burst > 1 {
		refill -= burst
	}
	return &limits{bucket: rate.NewLimiter(rate.Limit(float64(refill)/60), burst)}
}

// pause keeps the whole process quiet for d. A shorter pause never ends a longer one.
func (l *limits) pause(d time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if until := time.Now().Add(d); until.After(l.until) {
		l.until = until
	}
}

// wait returns when the caller may send. It takes a token first and sits out a pause last, because the pause may begin while it waits.
func (l *limits) wait(ctx context.Context) error {
	if l.bucket != nil {
		if err := l.bucket.Wait(ctx); err != nil {
			if ctx.Err() != nil {
				return context.Cause(ctx)
			}
			return context.DeadlineExceeded // the bucket refuses early when the deadline comes before the token
		}
	}
	for {
		l.mu.Lock()
		left := time.Until(l.until)
		l.mu.Unlock()
		if left <= 0 {
			return ctx.Err()
		}
		if err := sleep(ctx, left+jitter(left)); err != nil {
			return err
		}
	}
}

// jitter spreads callers that wake together over a tenth of their wait, a second at most.
func jitter(d time.Duration) time.Duration {
	return time.Duration(rand.Float64() * float64(min(d/10, time.Second))) //nolint:gosec // spreads load, guards nothing
}

// sleep waits d, or until ctx ends.
func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}
