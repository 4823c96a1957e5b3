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
// every window of 60 s: a small plan is not slowed down, and a server that counts per minute never sees one too many. Where there is
// no burst to spare, the minute has 61 seconds, so that requests on the wire may drift a little.
func newLimits(perMinute int) *limits {
	if perMinute <= 0 {
		return &limits{}
	}
	burst := perMinute / 20
	if burst < 2 {
		return &limits{bucket: rate.NewLimiter(rate.Limit(float64(perMinute)/61), 1)}
	}
	return &limits{bucket: rate.NewLimiter(rate.Limit(float64(perMinute-burst)/60), burst)}
}

// pause keeps the whole process quiet for d. A shorter pause never ends a longer one.
func (l *limits) pause(d time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if until := time.Now().Add(d); until.After(l.until) {
		l.until = until
	}
}

// left is how long the pause still lasts.
func (l *limits) left() time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	return time.Until(l.until)
}

// wait returns when the caller may send. It sits out a pause first, because a token is good for its own moment only: kept through a
// pause, the tokens of all callers would be spent together at its end. A pause that begins while it waits for the token makes it begin
// again.
func (l *limits) wait(ctx context.Context) error {
	for {
		for left := l.left(); left > 0; left = l.left() {
			if err := sleep(ctx, left+jitter(left)); err != nil {
				return err
			}
		}
		if err := l.token(ctx); err != nil {
			return err
		}
		if l.left() <= 0 {
			return nil
		}
	}
}

// token waits for the bucket.
func (l *limits) token(ctx context.Context) error {
	if l.bucket == nil {
		return context.Cause(ctx)
	}
	r := l.bucket.Reserve()
	err := sleep(ctx, r.Delay())
	if err != nil {
		r.Cancel()
	}
	return err
}

// jitter spreads callers that wake together over a tenth of their wait, a second at most.
func jitter(d time.Duration) time.Duration {
	return time.Duration(rand.Float64() * float64(min(d/10, time.Second))) //nolint:gosec // spreads load, guards nothing
}

// sleep waits d, or until ctx ends.
func sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 || ctx.Err() != nil {
		return context.Cause(ctx)
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}
