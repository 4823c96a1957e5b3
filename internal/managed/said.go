package managed

// First reports whether it is called for the first time with what, a value of a type of the caller. It is for what is said once in a run,
// although it concerns many resources.
func (r *Registry) First(what any) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.said[what] {
		return false
	}
	if r.said == nil {
		r.said = map[any]bool{}
	}
	r.said[what] = true
	return true
}
