package managed

import "github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"

// AddDeleted records an object that does not exist, or that Terraform plans to delete. The service deletes what it contains as well.
func (r *Registry) AddDeleted(id hub.ID) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.addDeleted(id)
}

// addDeleted is AddDeleted. r.mu is held.
func (r *Registry) addDeleted(id hub.ID) {
	if r.deleted == nil {
		r.deleted = map[hub.ID]bool{}
	}
	r.deleted[id] = true
}

// Deleted reports whether AddDeleted recorded an object.
func (r *Registry) Deleted(id hub.ID) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.deleted[id]
}

// StartApply records that Terraform applies a plan. Terraform plans and applies in different processes, but during an apply it plans every
// object once more when all values are known.
func (r *Registry) StartApply() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.applies = true
}

// Applies reports whether StartApply was called.
func (r *Registry) Applies() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.applies
}
