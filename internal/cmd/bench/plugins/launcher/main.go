//go:build unix

// Command launcher is what Terraform starts as the provider while it is measured. It runs the program that BENCH_PLUGIN names and adds a
// line to the file that BENCH_USAGE names when that has ended: CPU time in nanoseconds and the peak of resident memory in bytes, both
// from the operating system's accounting. Without it the provider's share could not be told from Terraform's.
package main

import (
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"syscall"
)

func main() {
	signal.Ignore(os.Interrupt, syscall.SIGTERM)                   // the plugin gets what the terminal sends, and ends this process by ending
	cmd := exec.Command(os.Getenv("BENCH_PLUGIN"), os.Args[1:]...) //nolint:gosec,noctx // the benchmark's own binary, and Terraform ends it
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	err := cmd.Run()
	if cmd.ProcessState != nil {
		err = record(cmd.ProcessState)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "launcher:", err)
		os.Exit(1)
	}
	os.Exit(cmd.ProcessState.ExitCode())
}

// record adds what the ended process has used to the file of figures. One short write of a file that is opened to append is whole.
func record(state *os.ProcessState) error {
	f, err := os.OpenFile(os.Getenv("BENCH_USAGE"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	var rss float64 // the system counts in integers of various sizes
	if usage, ok := state.SysUsage().(*syscall.Rusage); ok {
		rss = float64(usage.Maxrss)
		if runtime.GOOS != "darwin" {
			rss *= 1024
		}
	}
	_, err = fmt.Fprintf(f, "%d %.0f\n", (state.UserTime() + state.SystemTime()).Nanoseconds(), rss)
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	return err
}
