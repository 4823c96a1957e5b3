//go:build unix

package main

import (
	"os"
	"runtime"
	"syscall"
)

// peak returns the largest peak memory of a process and of the processes that it has waited for, in MB (10⁶ bytes).
func peak(state *os.ProcessState) float64 {
	usage, ok := state.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	rss := float64(usage.Maxrss) // it has different types on different systems
	if runtime.GOOS != "darwin" {
		rss *= 1024
	}
	return rss / 1e6
}
