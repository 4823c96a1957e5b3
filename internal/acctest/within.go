package acctest

import (
	"testing"
	"time"
)

// Within fails a test in which f does not return, such as one that opens a pipe. The limit is long, so that only a call that hangs exceeds it.
func Within(t *testing.T, f func()) {
	t.Helper()
	done := make(chan struct{})
	go func() { defer close(done); f() }()
	select {
	case <-done:
	case <-time.After(time.Minute):
		t.Fatal("the call hangs")
	}
}
