package hub

import (
	"slices"
	"sync"
)

// nursery are the creates of this process whose objects one list shows. Lost ones with the same body are interchangeable: which of them
// made which object cannot be told and does not matter, as long as each gets one of its own.
type nursery[T AnyObject] struct {
	mu   sync.Mutex
	made map[ID]bool // objects that belong to a create
	// open are the creates under way, and those of which nobody knows what became of them.
	open map[*birth[T]]bool // true while it is sent and not answered
}

// nurseryOf gives the client's one nursery of a list.
func nurseryOf[T AnyObject](c *Client, list string) *nursery[T] {
	return kept(&c.births, list, &nursery[T]{made: map[ID]bool{}, open: map[*birth[T]]bool{}})
}

// try sends a create and notes what became of it. One that panics stays open.
func (n *nursery[T]) try(b *birth[T]) (object T, err error) {
	n.mu.Lock()
	n.open[b] = true
	n.mu.Unlock()
	defer func() {
		n.mu.Lock()
		defer n.mu.Unlock()
		n.open[b] = false
		switch id := object.object().ID; {
		case err == nil && id != "":
			n.made[id] = true
			delete(n.open, b)
		case err != nil && !IsAmbiguous(err):
			delete(n.open, b)
		}
	}()
	return b.send()
}

// belongs says whether an object is that of another create.
func (n *nursery[T]) belongs(id ID) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.made[id]
}

// choose gives a lost create one of the objects that can be its own, oldest first. several are all of them when it cannot be told which
// one it is: there are more of them than creates that sent the same, another create could have made one, or their age is not known.
// decided is false while one of them can be that of a create under way.
func (n *nursery[T]) choose(b *birth[T], like []T) (own T, several []ID, decided bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	like = slices.DeleteFunc(like, func(o T) bool { return n.made[o.object().ID] })
	if len(like) == 0 {
		return own, nil, true
	}
	makers, doubtful := 1, slices.ContainsFunc(like, func(o T) bool { _, known := b.age(o); return !known })
	for other, flying := range n.open {
		switch {
		case other == b || !slices.ContainsFunc(like, other.fits):
		case flying:
			return own, ids(like), false
		case other.body == b.body:
			makers++
		default:
			doubtful = true
		}
	}
	if doubtful || len(like) > makers {
		return own, ids(like), true
	}
	n.made[like[0].object().ID] = true
	delete(n.open, b)
	return like[0], nil, true
}

// ids are those of objects.
func ids[T AnyObject](objects []T) []ID {
	out := make([]ID, len(objects))
	for i, o := range objects {
		out[i] = o.object().ID
	}
	return out
}
