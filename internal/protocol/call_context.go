package protocol

import (
	"context"
	"sync/atomic"
	"time"
)

// callContext is the context of a call until the call returns. After detach it is cancelled and does not refer to the call, so that
// a reference to it retains no memory.
type callContext struct {
	current atomic.Pointer[context.Context]
}

// detached is what a callContext refers to after detach.
var detached = func() context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	return ctx
}()

func newCallContext(ctx context.Context) *callContext {
	c := &callContext{}
	c.current.Store(&ctx)
	return c
}

func (c *callContext) detach() { c.current.Store(&detached) }

// Deadline implements context.Context.
func (c *callContext) Deadline() (time.Time, bool) { return (*c.current.Load()).Deadline() }

// Done implements context.Context.
func (c *callContext) Done() <-chan struct{} { return (*c.current.Load()).Done() }

// Err implements context.Context.
func (c *callContext) Err() error { return (*c.current.Load()).Err() }

// Value implements context.Context.
func (c *callContext) Value(key any) any { return (*c.current.Load()).Value(key) }
