package provider

import (
	"context"
	"sync/atomic"
	"time"
)

// loan is a context that has a call's values, deadline and end as long as the call lasts. What still holds it after that holds nothing
// of the call, and finds it cancelled.
type loan struct {
	lender atomic.Pointer[context.Context]
}

// returned is what loans are worth after their call.
var returned = func() context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	return ctx
}()

func lend(ctx context.Context) *loan {
	l := &loan{}
	l.lender.Store(&ctx)
	return l
}

func (l *loan) end() { l.lender.Store(&returned) }

// Deadline implements context.Context.
func (l *loan) Deadline() (time.Time, bool) { return (*l.lender.Load()).Deadline() }

// Done implements context.Context.
func (l *loan) Done() <-chan struct{} { return (*l.lender.Load()).Done() }

// Err implements context.Context.
func (l *loan) Err() error { return (*l.lender.Load()).Err() }

// Value implements context.Context.
func (l *loan) Value(key any) any { return (*l.lender.Load()).Value(key) }
