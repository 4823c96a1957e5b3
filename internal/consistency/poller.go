package consistency

import (
	"context"
	"sync"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest"
)

// Poll waits for the next poll of key and returns what list returned then. All callers with the same key share a poll: one list for each
// interval, however many wait (goals.md P3). again reports whether the caller has polled before. The first poll of a caller comes soon
// if no other caller waits.
func Poll[T any](ctx context.Context, c *Client, key any, again bool, list func(context.Context) ([]T, error)) ([]T, error) {
	return shared(c, &c.pollers, key, &poller[T]{interval: c.Options.PollInterval, first: c.Options.PollFirst, list: list}).wait(ctx, again)
}

// poller shares polls among all callers who wait.
type poller[T any] struct {
	list            func(context.Context) ([]T, error)
	interval, first time.Duration

	mu   sync.Mutex
	next *poll[T] // planned or in flight; nil if no caller waits
}

// poll is one shared poll.
type poll[T any] struct {
	waiters int
	cancel  context.CancelFunc
	done    chan struct{}
	objects []T
	err     error
}

// wait returns the next poll. A caller that is cancelled already begins no poll.
func (p *poller[T]) wait(ctx context.Context, again bool) ([]T, error) {
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	p.mu.Lock()
	next := p.next
	if next == nil {
		delay := p.interval
		if !again {
			delay = p.first
		}
		detached, cancel := context.WithCancel(context.WithoutCancel(ctx))
		next = &poll[T]{cancel: cancel, done: make(chan struct{})}
		p.next = next
		go func() {
			defer cancel()
			p.run(detached, next, delay)
		}()
	}
	next.waiters++
	p.mu.Unlock()
	select {
	case <-next.done:
		return next.objects, next.err
	case <-ctx.Done():
		p.leave(next)
		return nil, context.Cause(ctx)
	}
}

// run lists the objects after the delay.
func (p *poller[T]) run(ctx context.Context, next *poll[T], delay time.Duration) {
	if next.err = rest.Sleep(ctx, delay); next.err == nil {
		next.objects, next.err = Recovered(func() ([]T, error) { return p.list(ctx) })
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.next == next {
		p.next = nil
	}
	close(next.done)
}

// leave removes a waiter. When all have left, the poll is cancelled.
func (p *poller[T]) leave(next *poll[T]) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if next.waiters--; next.waiters == 0 {
		if p.next == next {
			p.next = nil
		}
		next.cancel()
	}
}
