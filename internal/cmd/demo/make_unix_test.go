//go:build unix

package main

import (
	"bytes"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
)

// TestMakeKeep: after Ctrl-C, which a terminal sends to all processes, make reports no error.
func TestMakeKeep(t *testing.T) {
	t.Parallel()
	needsTerraform(t)
	cmd := exec.CommandContext(t.Context(), "make", "demo", "KEEP=1", "DEMO="+t.TempDir()+"/demo")
	cmd.Dir = "../../.."
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	out := newScreen("Press Ctrl-C here")
	var problems bytes.Buffer
	cmd.Stdout, cmd.Stderr = out, &problems
	cmd.Env = append(os.Environ(), "TMPDIR="+leavesNothing(t))
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	select {
	case <-out.seen:
		if err := syscall.Kill(-cmd.Process.Pid, syscall.SIGINT); err != nil {
			t.Fatal(err)
		}
		if err := <-ended; err == nil { // the signal has ended make, too
			t.Error("make was not interrupted")
		}
	case err := <-ended:
		t.Errorf("it ended before Ctrl-C: %v", err)
	}
	if !strings.HasSuffix(out.all.String(), "The mock has stopped and the folder has been removed.\n") || problems.Len() > 0 {
		t.Errorf("standard error: %s\nstandard output: %s", &problems, &out.all)
	}
}
