package consistency

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest"
)

// thing is an object of a fake collection; version is the number of writes before it was listed.
type thing struct {
	Object
	version int64
}

func thingID(n int) ID { return ID(fmt.Sprintf("%032x", n)) }

// service is the fake service of a collection. It counts lists, and those that overlap.
type service struct {
	version atomic.Int64 // writes done
	lists   atomic.Int64
	running atomic.Int64
	overlap atomic.Int64
	absent  sync.Map // ids that the next lists lack
	delay   func() time.Duration
	fail    func() error
}

func (s *service) list(ctx context.Context) ([]thing, error) {
	if s.running.Add(1) > 1 {
		s.overlap.Add(1)
	}
	defer s.running.Add(-1)
	s.lists.Add(1)
	seen := s.version.Load() // the list has the state of its beginning, the oldest possible
	if s.delay != nil {
		if err := rest.Sleep(ctx, s.delay()); err != nil {
			return nil, err
		}
	}
	if s.fail != nil {
		if err := s.fail(); err != nil {
			return nil, err
		}
	}
	var out []thing
	for i := range 3 {
		if _, gone := s.absent.Load(thingID(i)); !gone {
			out = append(out, thing{Object{ID: thingID(i)}, seen})
		}
	}
	return out, nil
}

func after(d time.Duration) func() time.Duration { return func() time.Duration { return d } }

// TestOneListForAll: a hundred readers of three objects share one list, and without a write there is no second one.
func TestOneListForAll(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := &service{delay: after(time.Second)}
		c := &Collection[thing]{fetch: s.list}
		var wg sync.WaitGroup
		for i := range 100 {
			wg.Go(func() {
				if _, found, err := c.Find(t.Context(), thingID(i%3)); !found || err != nil {
					t.Error(found, err)
				}
			})
		}
		wg.Wait()
		if n := s.lists.Load(); n != 1 {
			t.Errorf("%d lists, want 1", n)
		}
	})
}

// TestMissingNeedsTwoLists: fifty readers of a missing object share one second list. One incomplete list does not make an object missing.
func TestMissingNeedsTwoLists(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := &service{delay: after(time.Second)}
		c := &Collection[thing]{fetch: s.list}
		s.absent.Store(thingID(1), true)
		var wg sync.WaitGroup
		for range 50 {
			wg.Go(func() {
				if _, found, err := c.Find(t.Context(), thingID(1)); found || err != nil {
					t.Error(found, err)
				}
			})
		}
		wg.Wait()
		if _, found, _ := c.Find(t.Context(), thingID(1)); found || s.lists.Load() != 2 {
			t.Errorf("found %t after %d lists, want false after 2", found, s.lists.Load())
		}

		incomplete := &service{}
		c = &Collection[thing]{fetch: incomplete.list}
		incomplete.absent.Store(thingID(2), true)
		incomplete.fail = func() error { // the first list lacks it, the second does not
			if incomplete.lists.Load() == 2 {
				incomplete.absent.Delete(thingID(2))
			}
			return nil
		}
		if _, found, err := c.Find(t.Context(), thingID(2)); !found || err != nil || incomplete.lists.Load() != 2 {
			t.Errorf("found %t, %v after %d lists, want true after 2", found, err, incomplete.lists.Load())
		}
	})
}

// TestErrorsAreNotKept: the next reader sends a new list.
func TestErrorsAreNotKept(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	s := &service{}
	s.fail = func() error {
		if s.lists.Load() == 1 {
			return broken
		}
		return nil
	}
	c := &Collection[thing]{fetch: s.list}
	if _, _, err := c.Find(t.Context(), thingID(0)); !errors.Is(err, broken) {
		t.Error(err)
	}
	if _, found, err := c.Find(t.Context(), thingID(0)); !found || err != nil {
		t.Error(found, err)
	}
	p := &Collection[thing]{fetch: func(context.Context) ([]thing, error) { panic("bug") }}
	if _, _, err := p.Find(t.Context(), thingID(0)); err == nil {
		t.Error("a panic in a list must be returned as an error")
	}
}

// TestWriteInBetween: a list from before a write is returned only to callers from before it. Callers after the write share a later list.
func TestWriteInBetween(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := &service{delay: after(time.Second)}
		c := &Collection[thing]{fetch: s.list}
		var wg sync.WaitGroup
		read := func(atLeast int64) {
			wg.Go(func() {
				snap, err := c.List(t.Context())
				if err != nil || snap.Items[0].version < atLeast {
					t.Errorf("%v %v, want version %d", snap, err, atLeast)
				}
			})
		}
		read(0)
		synctest.Wait() // the list is in flight
		if _, err := Write(func() (int, error) { s.version.Add(1); return 0, nil }, c); err != nil {
			t.Fatal(err)
		}
		for range 20 {
			read(1)
		}
		wg.Wait()
		if n := s.lists.Load(); n != 2 || s.overlap.Load() != 0 {
			t.Errorf("%d lists, %d at once; want 2 and 0", n, s.overlap.Load())
		}
	})
}

// TestWriteThrough: after an answer with the whole object, a reader needs no list until the next write.
func TestWriteThrough(t *testing.T) {
	t.Parallel()
	s := &service{}
	c := &Collection[thing]{fetch: s.list}
	save := func() {
		_, _ = WriteObject(c, func() (thing, error) { return thing{Object{ID: thingID(1)}, 7}, nil }, func(thing) bool { return true })
	}
	save()
	if got, found, _ := c.Find(t.Context(), thingID(1)); !found || got.version != 7 || s.lists.Load() != 0 {
		t.Errorf("%v %t after %d lists", got, found, s.lists.Load())
	}
	_, _ = Write(func() (int, error) { return 0, errors.New("unknown outcome") }, c)
	if got, _, _ := c.Find(t.Context(), thingID(1)); got.version == 7 || s.lists.Load() != 1 {
		t.Errorf("after another write: %v, %d lists", got, s.lists.Load())
	}
}

// TestCancelledWaiter: a cancelled waiter does not cancel the list for others. When all have left, the list is cancelled.
func TestCancelledWaiter(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := &service{delay: after(time.Minute)}
		c := &Collection[thing]{fetch: s.list}
		impatient, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		var wg sync.WaitGroup
		wg.Go(func() {
			if _, err := c.List(impatient); !errors.Is(err, context.DeadlineExceeded) {
				t.Error(err)
			}
		})
		wg.Go(func() {
			if snap, err := c.List(t.Context()); err != nil || len(snap.Items) != 3 {
				t.Error(snap, err)
			}
		})
		wg.Wait()

		_, _ = Write(func() (int, error) { return 0, nil }, c)
		alone, cancelAlone := context.WithCancel(t.Context())
		wg.Go(func() { _, _ = c.List(alone) })
		synctest.Wait()
		cancelAlone()
		wg.Wait()
		synctest.Wait()
		if n := s.running.Load(); n != 0 {
			t.Errorf("%d lists still run without a waiter", n)
		}
		if snap, err := c.List(t.Context()); err != nil || snap == nil { // a cancelled list is not joined
			t.Error(snap, err)
		}
	})
}

// TestCancelledCaller: a caller that is cancelled before it reads or deletes sends nothing. Otherwise a call that arrives after StopProvider
// could send a request before it is cancelled.
func TestCancelledCaller(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		s := &service{}
		c := &Collection[thing]{fetch: s.list}
		if _, err := c.List(ctx); !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
		polls := &poller[thing]{list: s.list}
		if _, err := polls.wait(ctx, false); !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
		things := newStore(1)
		g := things.group(t)
		g.alone = true
		if err := g.delete(ctx, thingID(0)); !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
		synctest.Wait()
		if n := s.lists.Load(); n != 0 {
			t.Errorf("%d lists, want 0", n)
		}
		if things.bulks.Load()+things.singles.Load() != 0 || g.running || polls.next != nil {
			t.Error("a cancelled caller began a delete or a poll")
		}
	})
}

// TestCoherence is goal R8 with random readers, writers, errors and cancelled callers. No reader gets a state from before a write that ended
// before the read began, no caller is cancelled by another, lists do not overlap, and no goroutine remains (synctest would not return).
func TestCoherence(t *testing.T) {
	t.Parallel()
	steps := 100_000
	if n, err := strconv.Atoi(os.Getenv("COHERENCE_STEPS")); err == nil {
		steps = n
	}
	const actors = 20
	synctest.Test(t, func(t *testing.T) {
		s := &service{delay: func() time.Duration { return time.Duration(rand.IntN(50)) }}
		s.fail = func() error {
			if rand.IntN(20) == 0 {
				return errors.New("broken")
			}
			return nil
		}
		c := &Collection[thing]{fetch: s.list}
		var ended, stale, foreign, done atomic.Int64
		var wg sync.WaitGroup
		for range actors {
			wg.Go(func() {
				for range steps / actors {
					switch rand.IntN(4) {
					case 0:
						v, _ := Write(func() (int64, error) {
							time.Sleep(time.Duration(rand.IntN(20)))
							return s.version.Add(1), nil
						}, c)
						for e := ended.Load(); v > e && !ended.CompareAndSwap(e, v); e = ended.Load() {
						}
					case 1:
						ctx, cancel := context.WithTimeout(t.Context(), time.Duration(rand.IntN(40)))
						_, _ = c.List(ctx)
						cancel()
					default:
						want := ended.Load()
						snap, err := c.List(t.Context())
						switch {
						case errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded):
							foreign.Add(1)
						case err == nil && snap.Items[0].version < want:
							stale.Add(1)
						}
					}
					done.Add(1)
				}
			})
		}
		wg.Wait()
		t.Logf("%d steps, %d lists: %d stale, %d foreign cancellations, %d overlaps", done.Load(), s.lists.Load(), stale.Load(), foreign.Load(), s.overlap.Load())
		if stale.Load()+foreign.Load()+s.overlap.Load() > 0 {
			t.Error("the collection is not coherent")
		}
	})
}
