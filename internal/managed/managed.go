// Package managed records which objects the provider has created or taken over in this run of Terraform, so that two resources do not
// manage the same object, and which objects the run deletes. It is separate from the client because the service does not know of it.
package managed

import (
	"context"
	"sync"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// Registry is the set of managed objects. The zero value is empty. It is safe for concurrent use.
type Registry struct {
	Names Names
	// ToolFunctions are the names of the tool functions of each agent.
	ToolFunctions Siblings

	mu       sync.Mutex
	ids      map[hub.ID]bool
	creating map[chan struct{}]bool   // one for each create in flight, closed when its object is added
	deleted  map[hub.ID]bool          // by the plan of this run, or before it
	locks    map[hub.ID]chan struct{} // each has room for one value, that of the holder
	left     map[hub.ID][]byte
	taken    map[hub.ID]any // by whom
	applies  bool
	said     map[any]bool
}

// Create calls create, which creates an object and returns its id, and adds the object before Wait can return.
func (r *Registry) Create(create func() (hub.ID, error)) error {
	done := make(chan struct{})
	r.mu.Lock()
	if r.creating == nil {
		r.creating = map[chan struct{}]bool{}
	}
	r.creating[done] = true
	r.mu.Unlock()

	var id hub.ID
	var err error
	defer func() { // also after a panic: others wait for it
		r.mu.Lock()
		defer r.mu.Unlock()
		if err == nil && id != "" {
			r.add(id)
		}
		delete(r.creating, done)
		close(done)
	}()
	id, err = create()
	return err
}

// Wait waits until the creates that are in flight now have ended. An object can be in a list before the answer to its create arrives, so
// only then does Contains tell whether a listed object was created in this run.
func (r *Registry) Wait(ctx context.Context) error {
	r.mu.Lock()
	creates := make([]chan struct{}, 0, len(r.creating))
	for done := range r.creating {
		creates = append(creates, done)
	}
	r.mu.Unlock()
	for _, done := range creates {
		select {
		case <-done:
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
	return nil
}

// Add adds an object. It reports false if the object was added before.
func (r *Registry) Add(id hub.ID) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.add(id)
}

// Contains reports whether an object was added.
func (r *Registry) Contains(id hub.ID) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.ids[id]
}

// WaitContains is Contains after the creates that are in flight now have ended.
func (r *Registry) WaitContains(ctx context.Context, id hub.ID) bool {
	return r.Wait(ctx) == nil && r.Contains(id)
}

// Remove removes an object.
func (r *Registry) Remove(id hub.ID) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.ids, id)
}

// Lock waits until no other caller holds the lock of an id, and takes it. The result releases it.
func (r *Registry) Lock(id hub.ID) (unlock func()) {
	r.mu.Lock()
	if r.locks == nil {
		r.locks = map[hub.ID]chan struct{}{}
	}
	lock := r.locks[id]
	if lock == nil {
		lock = make(chan struct{}, 1)
		r.locks[id] = lock
	}
	r.mu.Unlock()
	lock <- struct{}{}
	return func() { <-lock }
}

// Leave stores what a resource that is destroyed in this run knows about its object, which can be nothing. Another resource that takes the
// object over in the same run may need it. Terraform passes nothing from one resource to another.
func (r *Registry) Leave(id hub.ID, known []byte) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.left == nil {
		r.left = map[hub.ID][]byte{}
	}
	r.left[id] = known
}

// HasLeft reports whether a resource has left an object that nobody has taken since.
func (r *Registry) HasLeft(id hub.ID) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	_, left := r.left[id]
	return left
}

// Take returns what was left of an object, and whether anything was. Only the first caller gets it.
func (r *Registry) Take(id hub.ID) (known []byte, left bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	known, left = r.left[id]
	delete(r.left, id)
	return known, left
}

// add is Add. r.mu is held.
func (r *Registry) add(id hub.ID) bool {
	if r.ids[id] {
		return false
	}
	if r.ids == nil {
		r.ids = map[hub.ID]bool{}
	}
	r.ids[id] = true
	return true
}
