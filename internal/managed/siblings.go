package managed

import (
	"sync"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// Siblings records the names that are planned for objects in this run, to find two of one name. The zero value is empty. It is safe for
// concurrent use.
type Siblings struct {
	mu      sync.Mutex
	counts  map[plannedName]int
	objects map[hub.ID]plannedName
}

// plannedName is a name in a parent object.
type plannedName struct {
	parent hub.ID
	name   string
}

// Plan records a name for an object, and reports whether another object of the parent has it, too. object identifies an object that exists or
// existed, which can be planned repeatedly; each call with "" is for another new one.
func (n *Siblings) Plan(parent hub.ID, name string, object hub.ID) (taken bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.counts == nil {
		n.counts, n.objects = map[plannedName]int{}, map[hub.ID]plannedName{}
	}
	key := plannedName{parent, name}
	if object != "" {
		n.drop(object)
		n.objects[object] = key
	}
	n.counts[key]++
	return n.counts[key] > 1
}

// Create ends the plan of a new object, because it is created now. After that, Plan records it with its id.
func (n *Siblings) Create(parent hub.ID, name string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if key := (plannedName{parent, name}); n.counts[key] > 0 {
		n.counts[key]--
	}
}

// Delete removes an object.
func (n *Siblings) Delete(object hub.ID) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.drop(object)
}

// drop is Delete. n.mu is held.
func (n *Siblings) drop(object hub.ID) {
	if key, ok := n.objects[object]; ok {
		delete(n.objects, object)
		n.counts[key] = max(n.counts[key]-1, 0)
	}
}
