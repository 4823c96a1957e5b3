package hub

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
)

// TestOnce: callers at the same time and later share one result, an error too. What was cancelled or panicked is sent again.
func TestOnce(t *testing.T) {
	t.Parallel()
	failed := errors.New("failed")
	synctest.Test(t, func(t *testing.T) {
		var o once[int]
		var sent atomic.Int64
		send := func(context.Context) (int, error) { sent.Add(1); return 7, failed }

		left, cancel := context.WithCancel(t.Context())
		first := make(chan error)
		go func() {
			_, err := o.get(left, func(ctx context.Context) (int, error) { <-ctx.Done(); return 0, ctx.Err() })
			first <- err
		}()
		synctest.Wait() // the first request is in flight
		var others sync.WaitGroup
		for range 10 {
			others.Go(func() {
				if n, err := o.get(t.Context(), send); n != 7 || !errors.Is(err, failed) {
					t.Errorf("%d, %v", n, err)
				}
			})
		}
		impatient, stop := context.WithCancel(t.Context())
		stop()
		if _, err := o.get(impatient, send); !errors.Is(err, context.Canceled) {
			t.Errorf("a caller that waits and is cancelled: %v", err)
		}
		synctest.Wait()
		cancel()
		if err := <-first; !errors.Is(err, context.Canceled) {
			t.Errorf("the first caller: %v", err)
		}
		others.Wait()
		if _, err := o.get(t.Context(), send); !errors.Is(err, failed) || sent.Load() != 1 {
			t.Errorf("%v, %d requests", err, sent.Load())
		}
	})
	var o once[int]
	func() {
		defer func() { _ = recover() }()
		_, _ = o.get(t.Context(), func(context.Context) (int, error) { panic("boom") })
	}()
	if n, err := o.get(t.Context(), func(context.Context) (int, error) { return 1, nil }); n != 1 || err != nil {
		t.Errorf("after a panic: %d, %v", n, err)
	}
}
