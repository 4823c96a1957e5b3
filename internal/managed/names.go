package managed

import (
	"sync"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// Name is a name that one object of a chatbot can have. Chatbot is empty while it is not known.
type Name struct {
	Chatbot hub.ID
	Name    string
}

// Names records the names of objects in this run: which resources plan to have them, and whose objects were deleted. The zero value is
// empty. It is safe for concurrent use.
type Names struct {
	mu      sync.Mutex
	uses    map[Name][]use
	deleted map[Name]hub.ID
}

// use is the planned use of a name by a resource.
type use struct {
	by      string
	creates bool
}

// Use records that a resource plans to have a name, and whether it creates an object for that. by tells resources apart: Terraform plans a
// resource more than once, and a plan does not contain its address. The result is the by of another resource that plans to have the name,
// if one of the two creates an object; otherwise it is "".
func (n *Names) Use(name Name, by string, creates bool) (other string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.uses == nil {
		n.uses = map[Name][]use{}
	}
	known := false
	for _, u := range n.uses[name] {
		switch {
		case u == use{by, creates}:
			known = true
		case u.by != by && (u.creates || creates):
			other = u.by
		}
	}
	if !known {
		n.uses[name] = append(n.uses[name], use{by, creates})
	}
	return other
}

// Delete records that the object of a name was deleted.
func (n *Names) Delete(name Name, id hub.ID) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.deleted == nil {
		n.deleted = map[Name]hub.ID{}
	}
	n.deleted[name] = id
}

// Deleted returns the object of a name that was deleted, or "".
func (n *Names) Deleted(name Name) hub.ID {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.deleted[name]
}
