package consistency

import (
	"slices"
	"sync"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest"
)

// pendingCreates are the creates of this process whose objects one list shows. Lost creates with the same body are interchangeable: it
// cannot be told which of them created which object, and does not matter as long as each gets one.
type pendingCreates[T AnyObject] struct {
	mu       sync.Mutex
	assigned map[ID]bool // objects of a create
	// pending are the creates in flight and those whose result is not known.
	pending map[*pendingCreate[T]]bool // true while in flight
}

// pendingCreatesOf returns the pending creates of a list. They are shared by uncoalesced clients, too.
func pendingCreatesOf[T AnyObject](c *Client, path string) *pendingCreates[T] {
	created := &pendingCreates[T]{assigned: map[ID]bool{}, pending: map[*pendingCreate[T]]bool{}}
	siblings, _ := c.creates.LoadOrStore(path, created).(*pendingCreates[T])
	return siblings
}

// send sends a create and records its result. A create that panics stays pending.
func (s *pendingCreates[T]) send(p *pendingCreate[T]) (object T, err error) {
	s.mu.Lock()
	s.pending[p] = true
	s.mu.Unlock()
	defer func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.pending[p] = false
		switch id := object.object().ID; {
		case err == nil && id != "":
			s.assigned[id] = true
			delete(s.pending, p)
		case err != nil && !rest.IsAmbiguous(err):
			delete(s.pending, p)
		}
	}()
	return p.Send()
}

// isAssigned reports whether an object is that of another create.
func (s *pendingCreates[T]) isAssigned(id ID) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.assigned[id]
}

// assign gives a lost create one of the objects that match it, which are ordered by age. candidates are all of them if it cannot be told
// which one is its own: there are more objects than creates with the same body, another create could have created one, or the age of one
// is not known. decided is false while one of them may be that of a create in flight.
func (s *pendingCreates[T]) assign(p *pendingCreate[T], matches []T) (own T, candidates []ID, decided bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	matches = slices.DeleteFunc(matches, func(o T) bool { return s.assigned[o.object().ID] })
	if len(matches) == 0 {
		return own, nil, true
	}
	same := 1 // creates with the same body
	doubtful := slices.ContainsFunc(matches, func(o T) bool {
		_, known := o.object().CreatedBefore(p.since())
		return !known
	})
	for other, inFlight := range s.pending {
		switch {
		case other == p || !slices.ContainsFunc(matches, other.Matches):
		case inFlight:
			return own, IDs(matches), false
		case other.body == p.body:
			same++
		default:
			doubtful = true
		}
	}
	if doubtful || len(matches) > same {
		return own, IDs(matches), true
	}
	s.assigned[matches[0].object().ID] = true
	delete(s.pending, p)
	return matches[0], nil, true
}
