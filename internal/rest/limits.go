package rest

import (
	"context"
	"math/rand/v2"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// limits is the request budget of a Client: a pause after a 429 that all callers observe, and the optional requests_per_minute. No lock
// is held while waiting.
type limits struct {
	bucket *rate.Limiter // nil means no limit

	mu    sync.Mutex
	until time.Time // no request is sent before
}

// newLimits returns a budget of perMinute requests; 0 means no limit. Burst and refill together stay within perMinute in every window of
// 60 seconds: a small plan is not slowed down, and a server that counts per minute never receives too many. A limit too small for a burst is
// spread over 61 seconds, to allow for the time that requests take on the network.
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

// pause stops all callers for d. A shorter pause does not end a longer one.
func (l *limits) pause(d time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if until := time.Now().Add(d); until.After(l.until) {
		l.until = until
	}
}

// wait returns when the caller may send. It waits for the end of a pause before it takes a token: with tokens taken before, all callers
// would send at once at the end of the pause. If a pause begins while it waits for the token, it starts again.
func (l *limits) wait(ctx context.Context) error {
	for {
		for left := l.left(); left > 0; left = l.left() {
			if err := Sleep(ctx, left+jitter(left)); err != nil {
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

// left returns how long the pause still lasts.
func (l *limits) left() time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	return time.Until(l.until)
}

// token waits for a token of the bucket.
func (l *limits) token(ctx context.Context) error {
	if l.bucket == nil {
		return context.Cause(ctx)
	}
	r := l.bucket.Reserve()
	err := Sleep(ctx, r.Delay())
	if err != nil {
		r.Cancel()
	}
	return err
}

// jitter returns a random part of a tenth of d, at most a second, so that callers do not wake together.
func jitter(d time.Duration) time.Duration {
	return time.Duration(rand.Float64() * float64(min(d/10, time.Second))) //nolint:gosec // no secret depends on it
}

// Sleep waits for d, or until ctx ends; then it returns the cause.
func Sleep(ctx context.Context, d time.Duration) error {
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
