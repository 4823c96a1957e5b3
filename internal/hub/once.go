package hub

import (
	"context"
	"sync"
)

// once is a request whose result serves the whole process, an error too. It is for what many objects ask for and none needs. The zero value
// has sent nothing. It is safe for concurrent use.
type once[T any] struct {
	mu    sync.Mutex
	ended bool
	busy  chan struct{} // of the request in flight, closed when it ends; nil if there is none
	value T
	err   error
}

// get returns the result. The first caller sends the request, and the others wait for it. A request that was cancelled has no result: the next
// caller sends it again.
func (o *once[T]) get(ctx context.Context, send func(context.Context) (T, error)) (T, error) {
	for {
		o.mu.Lock()
		ended, busy := o.ended, o.busy
		if !ended && busy == nil {
			o.busy = make(chan struct{})
		}
		o.mu.Unlock()
		switch {
		case ended:
			return o.value, o.err
		case busy == nil:
			return o.send(ctx, send)
		}
		select {
		case <-busy:
		case <-ctx.Done():
			var none T
			return none, context.Cause(ctx)
		}
	}
}

// send sends the request and keeps its result.
func (o *once[T]) send(ctx context.Context, send func(context.Context) (T, error)) (value T, err error) {
	returned := false
	defer func() { // also after a panic: others wait for it
		o.mu.Lock()
		defer o.mu.Unlock()
		if returned && (err == nil || ctx.Err() == nil) {
			o.value, o.err, o.ended = value, err, true
		}
		close(o.busy)
		o.busy = nil
	}()
	value, err = send(ctx)
	returned = true
	return value, err
}
