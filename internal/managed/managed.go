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

	mu       sync.Mutex
	ids      map[hub.ID]bool
	creating map[chan struct{}]bool // one for each create in flight, closed when its object is added
	deleted  map[hub.ID]bool        // by the plan of this run, or before it
	applies  bool
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
