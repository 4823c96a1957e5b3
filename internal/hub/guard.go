package hub

import "fmt"

// guarded does work that no call of Terraform's stands behind, with a panic turned into an error: there, a panic would end the whole
// process, and what other resources have made would be lost from the state.
func guarded[T any](work func() (T, error)) (out T, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = bug(p)
		}
	}()
	return work()
}

// unanswered is deferred by calls. It turns a panic in a create into a lost answer: lists find what it made (reconcile.go), while an id
// that went with the panic would be lost. A panic in any other call goes on to base.Recover.
func (r route) unanswered(err *error) {
	if r.effect != creating {
		return
	}
	if p := recover(); p != nil {
		*err = &TransportError{Method: r.method, Path: r.template, Sent: true, Err: bug(p)}
	}
}

// bug words a panic.
func bug(p any) error { return fmt.Errorf("a bug in the provider, please report it: %v", p) }
