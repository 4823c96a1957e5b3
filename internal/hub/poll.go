package hub

import (
	"context"
	"sync"
	"time"
)

// poller shares looks at one chatbot's sources among all who wait for training: one list a tick, however many wait (goals.md P3).
type poller struct {
	list     func(context.Context) ([]Source, error) // begun when called
	interval time.Duration
	first    time.Duration // of somebody who begins to wait when nobody else does: small texts are trained in a moment

	mu   sync.Mutex
	next *look // the look that is planned or under way; nil when nobody waits
}

// look is one shared look.
type look struct {
	waiters int
	cancel  context.CancelFunc
	done    chan struct{}
	sources []Source
	err     error
}

// wait gives the next look. seen says whether the caller has had one before; who has not gets a quick one where nobody else waits.
func (p *poller) wait(ctx context.Context, seen bool) ([]Source, error) {
	p.mu.Lock()
	l := p.next
	if l == nil {
		delay := p.interval
		if !seen {
			delay = p.first
		}
		l = &look{done: make(chan struct{})}
		p.next = l
		var detached context.Context
		detached, l.cancel = context.WithCancel(context.WithoutCancel(ctx))
		go p.run(detached, l, delay)
	}
	l.waiters++
	p.mu.Unlock()
	select {
	case <-l.done:
		return l.sources, l.err
	case <-ctx.Done():
		p.leave(l)
		return nil, context.Cause(ctx)
	}
}

// run takes a look after the delay.
func (p *poller) run(ctx context.Context, l *look, delay time.Duration) {
	defer l.cancel()
	if l.err = sleep(ctx, delay); l.err == nil {
		l.sources, l.err = guarded(func() ([]Source, error) { return p.list(ctx) })
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.next == l {
		p.next = nil
	}
	close(l.done)
}

// leave takes a waiter away; when all have left, the look is given up.
func (p *poller) leave(l *look) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if l.waiters--; l.waiters == 0 {
		if p.next == l {
			p.next = nil
		}
		l.cancel()
	}
}
