//go:build unix

// Command launcher is started by Terraform instead of the measured provider. It runs the program in BENCH_PLUGIN. When that has ended, it
// appends a line with its CPU time in nanoseconds and its peak resident memory in bytes to the file in BENCH_USAGE. This separates the
// figures of the provider from those of Terraform.
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
	signal.Ignore(os.Interrupt, syscall.SIGTERM)                   // the provider gets these signals too, and the launcher ends after it
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

// record appends the figures of a process to the file. A short write to a file that was opened with O_APPEND is atomic.
func record(state *os.ProcessState) error {
	f, err := os.OpenFile(os.Getenv("BENCH_USAGE"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	var rss float64 // Maxrss has different types on different systems
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
