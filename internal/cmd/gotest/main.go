// Command gotest reads `go test -json` from its input and prints a short report: a line when a package ends, what runs when
// nothing ends for a while, the output of failed tests, the tests that were skipped with their reasons, and at the end go test's
// lines, one for each package. It exits with 1 if a test failed or nothing was tested.
package main

import (
	"fmt"
	"os"
	"time"
)

// silence is the longest time without a line of progress.
const silence = 30 * time.Second

func main() {
	r := newReport(os.Stdout)
	if err := r.read(os.Stdin, time.NewTicker(silence).C); err != nil {
		fmt.Fprintln(os.Stderr, "gotest:", err)
		os.Exit(1)
	}
}
