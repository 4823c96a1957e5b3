package consistency

import "github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest"

// Recovered calls work and turns a panic into an error. It is for goroutines that no call of Terraform waits for: a panic there would end
// the process, and what other resources have created would be missing from the state.
func Recovered[T any](work func() (T, error)) (out T, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = rest.PanicError(p)
		}
	}()
	return work()
}
