package knowledgebase

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/hashicorp/terraform-plugin-log/tflog"
)

// logInterval is the time between two lines about the progress in the log.
const logInterval = 5 * time.Second

// report logs at INFO how many documents are done, each logInterval until end is called. Nobody wants a line for each document.
func (w *work) report(ctx context.Context) (end func()) {
	done := make(chan struct{})
	var reporter sync.WaitGroup
	reporter.Go(func() {
		ticker := time.NewTicker(logInterval)
		defer ticker.Stop()
		for {
			select {
			case <-done:
				return
			case <-ticker.C:
				tflog.Info(ctx, w.line())
			}
		}
	})
	return func() { close(done); reporter.Wait() }
}

// line says how many documents are done.
func (w *work) line() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	doing := "trained"
	if !w.wait {
		doing = "sent"
	}
	return fmt.Sprintf("%s %s of %s, %s failed", doing, thousands(w.done), thousands(w.total), thousands(len(w.failed)))
}

// count counts a document that is done.
func (w *work) count() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.done++
}

// thousands returns a number with a comma before each group of three digits.
func thousands(n int) string {
	if n < 1000 {
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%s,%03d", thousands(n/1000), n%1000)
}
