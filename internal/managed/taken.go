package managed

import "github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"

// TakeOver adds an object that existed before this run. by is the resource that takes it over. It reports false if another resource of the
// run has created it or taken it over, or if the run deletes it.
func (r *Registry) TakeOver(id hub.ID, by any) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.deleted[id] || !r.add(id) {
		return false
	}
	if r.taken == nil {
		r.taken = map[hub.ID]any{}
	}
	r.taken[id] = by
	return true
}

// GiveUp reports whether a resource that gives an object up may delete it: not if another resource has taken it over in this run. Otherwise
// it records that the run deletes the object, so that none takes it over later. The order of the two is that of Terraform.
func (r *Registry) GiveUp(id hub.ID, by any) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if other, taken := r.taken[id]; taken && other != by {
		return false
	}
	r.addDeleted(id)
	return true
}
