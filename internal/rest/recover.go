package rest

import "fmt"

// recoverCreate is deferred by calls. It turns a panic in a create into a lost answer, so that the object is looked for in a list. A
// panic in any other call continues to the caller.
func (r Route) recoverCreate(err *error) {
	if r.effect != creating {
		return
	}
	if p := recover(); p != nil {
		*err = &TransportError{Method: r.Method, Path: r.Template, Sent: true, Err: PanicError(p)}
	}
}

// PanicError returns the error for a recovered panic.
func PanicError(p any) error { return fmt.Errorf("a bug in the provider; please report it: %v", p) }
