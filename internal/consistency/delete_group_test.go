package consistency

import (
	"context"
	"errors"
	"maps"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest"
)

// wait is the default of Options.DeleteWait.
const wait = 250 * time.Millisecond

// store is a fake service with bulk deletes.
type store struct {
	mu      sync.Mutex
	have    map[ID]bool
	bulks   atomic.Int64
	singles atomic.Int64
	lists   atomic.Int64
	running atomic.Int64
	latency time.Duration
	answer  func(ids []ID) (deleted []ID, err error) // of a bulk request; nil deletes all
}

func newStore(n int) *store {
	s := &store{have: map[ID]bool{}, latency: 100 * time.Millisecond}
	for i := range n {
		s.have[thingID(i)] = true
	}
	return s
}

func (s *store) drop(ids ...ID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, id := range ids {
		delete(s.have, id)
	}
}

// left returns the remaining objects.
func (s *store) left() map[ID]bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return maps.Clone(s.have)
}

func (s *store) group(t *testing.T) *deleteGroup[ID] {
	t.Helper()
	return &deleteGroup[ID]{wait: wait, Deleter: Deleter[ID]{
		Bulk: func(ctx context.Context, ids []ID) error {
			if s.running.Add(1) > 1 {
				t.Error("two bulk requests at once")
			}
			defer s.running.Add(-1)
			s.bulks.Add(1)
			if err := rest.Sleep(ctx, s.latency); err != nil {
				return err
			}
			if s.answer == nil {
				s.drop(ids...)
				return nil
			}
			gone, err := s.answer(ids)
			s.drop(gone...)
			return err
		},
		Single: func(ctx context.Context, id ID) error {
			s.singles.Add(1)
			s.drop(id)
			return rest.Sleep(ctx, s.latency)
		},
		Remaining: func(context.Context, []ID) (map[ID]bool, error) {
			s.lists.Add(1)
			return s.left(), nil
		},
	}}
}

// TestGroupsOfDeletes is goal P4: ten workers delete N objects with few bulk requests, without taking noticeably longer than single deletes.
func TestGroupsOfDeletes(t *testing.T) {
	t.Parallel()
	for _, n := range []int{1, 9, 10, 300, 1000} {
		synctest.Test(t, func(t *testing.T) {
			s := newStore(n)
			g := s.group(t)
			ids := make(chan ID)
			start := time.Now()
			var wg sync.WaitGroup
			for range 10 {
				wg.Go(func() {
					for id := range ids {
						if err := g.delete(t.Context(), id); err != nil {
							t.Error(err)
						}
						time.Sleep(time.Millisecond) // the time that core needs between two objects
					}
				})
			}
			for i := range n {
				ids <- thingID(i)
			}
			close(ids)
			wg.Wait()
			took, alone := time.Since(start), time.Duration((n+9)/10)*(s.latency+time.Millisecond)
			if bulks, most := s.bulks.Load(), int64(float64((n+9)/10)*1.25)+1; bulks > most {
				t.Errorf("%d deletes took %d bulk requests, want %d at most", n, bulks, most)
			}
			if took > alone*115/100+quiet+wait {
				t.Errorf("%d deletes took %s, single ones %s", n, took, alone)
			}
			if len(s.left()) > 0 {
				t.Errorf("%d of %d are left", len(s.left()), n)
			}
		})
	}
}

// TestBulkAnswers: for every answer to a bulk request, each object is deleted or its caller gets the error, with one list.
func TestBulkAnswers(t *testing.T) {
	t.Parallel()
	failed := &rest.Error{Status: 422, Message: "some are unknown"}
	for name, answer := range map[string]func([]ID) ([]ID, error){
		"atomic":   func([]ID) ([]ID, error) { return nil, failed },
		"partial":  func(ids []ID) ([]ID, error) { return ids[:len(ids)/2], failed },
		"lost":     func(ids []ID) ([]ID, error) { return ids, &rest.TransportError{Sent: true, Err: errors.New("reset")} },
		"not sent": func([]ID) ([]ID, error) { return nil, &rest.TransportError{Err: errors.New("refused")} },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s := newStore(10)
				s.answer = answer
				g := s.group(t)
				var wg sync.WaitGroup
				for i := range 10 {
					wg.Go(func() {
						if err := g.delete(t.Context(), thingID(i)); err != nil {
							t.Error(err)
						}
					})
				}
				wg.Wait()
				if len(s.left()) > 0 || s.bulks.Load() != 1 || s.lists.Load() != 1 {
					t.Errorf("%d left after %d bulk requests and %d lists, want 0, 1, 1", len(s.left()), s.bulks.Load(), s.lists.Load())
				}
			})
		})
	}
}

// TestRefusedKeyInBulk: all callers get the error, and nothing more is sent.
func TestRefusedKeyInBulk(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newStore(3)
		s.answer = func([]ID) ([]ID, error) { return nil, &rest.Error{Status: 401} }
		g := s.group(t)
		var wg sync.WaitGroup
		for i := range 3 {
			wg.Go(func() {
				if err := g.delete(t.Context(), thingID(i)); !rest.IsUnauthorized(err) {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if s.lists.Load()+s.singles.Load() > 0 {
			t.Error("requests were sent after the key was refused")
		}
	})
}

// TestInterruptedDeletes: a delete that was not sent is dropped when its caller leaves; one that was sent is completed.
func TestInterruptedDeletes(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newStore(4)
		g := s.group(t)
		ctx, cancel := context.WithCancel(t.Context())
		var wg sync.WaitGroup
		del := func(i int) {
			wg.Go(func() {
				if err := g.delete(ctx, thingID(i)); !errors.Is(err, context.Canceled) {
					t.Error(err)
				}
			})
		}
		del(0)
		del(1)
		time.Sleep(quiet + s.latency/2) // 0 and 1 are in flight
		del(2)
		synctest.Wait()
		cancel()
		wg.Wait()
		time.Sleep(time.Second)
		if left := s.left(); left[thingID(0)] || left[thingID(1)] || !left[thingID(2)] {
			t.Errorf("left: %v", left)
		}
		if err := g.delete(t.Context(), thingID(3)); err != nil {
			t.Error(err)
		}
	})
}
