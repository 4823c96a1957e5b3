package managed_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/managed"
)

const id = hub.ID("43474da7ae3b4b7191ee29c2de798257")

func TestAdd(t *testing.T) {
	t.Parallel()
	var r managed.Registry
	if r.Contains(id) || !r.Add(id) || r.Add(id) || !r.Contains(id) {
		t.Error("only the first Add adds")
	}
	if r.Remove(id); r.Contains(id) || !r.Add(id) {
		t.Error("a removed object can be added again")
	}
}

func TestFirst(t *testing.T) {
	t.Parallel()
	type one struct{}
	type other struct{}
	var r managed.Registry
	if !r.First(one{}) || r.First(one{}) || !r.First(other{}) {
		t.Error("only the first call with a value is the first")
	}
}

// TestWait: a create in flight is waited for, and its object is contained then.
func TestWait(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var r managed.Registry
		answer := make(chan struct{})
		go func() {
			_ = r.Create(func() (hub.ID, error) { <-answer; return id, nil })
		}()
		synctest.Wait()
		left, cancel := context.WithCancel(t.Context())
		cancel()
		if err := r.Wait(left); !errors.Is(err, context.Canceled) || r.Contains(id) {
			t.Error(err)
		}
		close(answer)
		if err := r.Wait(t.Context()); err != nil || !r.Contains(id) {
			t.Error(err)
		}
	})
}

// TestCreateFails: a create that fails or panics adds nothing and ends Wait.
func TestCreateFails(t *testing.T) {
	t.Parallel()
	var r managed.Registry
	failure := errors.New("refused")
	if err := r.Create(func() (hub.ID, error) { return id, failure }); !errors.Is(err, failure) || r.Contains(id) {
		t.Error(err)
	}
	func() {
		defer func() { _ = recover() }()
		_ = r.Create(func() (hub.ID, error) { panic("bug") })
	}()
	if err := r.Wait(t.Context()); err != nil {
		t.Error(err)
	}
}

// TestLeave: what a resource leaves is taken once.
func TestLeave(t *testing.T) {
	t.Parallel()
	var r managed.Registry
	if _, left := r.Take(id); left || r.HasLeft(id) {
		t.Error("nothing was left")
	}
	r.Leave(id, []byte("known"))
	if !r.HasLeft(id) {
		t.Error("something was left")
	}
	if known, left := r.Take(id); string(known) != "known" || !left {
		t.Errorf("took %q, %t", known, left)
	}
	if _, left := r.Take(id); left || r.HasLeft(id) {
		t.Error("it was taken twice")
	}
	if r.Leave(id, nil); !r.HasLeft(id) {
		t.Error("a resource that knows nothing has left the object too")
	}
}

// TestLock: the lock of an id is held by one caller, and others have their own.
func TestLock(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var r managed.Registry
		unlock := r.Lock(id)
		r.Lock("another")()
		locked := false
		go func() {
			defer r.Lock(id)()
			locked = true
		}()
		synctest.Wait()
		if locked {
			t.Error("two callers hold the lock")
		}
		unlock()
		synctest.Wait()
		if !locked {
			t.Error("the second caller does not get the lock")
		}
	})
}
