package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// TestMain lets the test binary be the program, so that tests can start it, signal it, and read its exit code.
func TestMain(m *testing.M) {
	if os.Getenv("BE_THE_PROVIDER") != "" {
		main()
	}
	os.Exit(m.Run())
}

// program is the provider's binary as a person starts it.
func program(t *testing.T, env []string, args ...string) (cmd *exec.Cmd, stdout, stderr *bytes.Buffer) {
	t.Helper()
	cmd = exec.CommandContext(t.Context(), os.Args[0], args...)
	cmd.Env = append([]string{"BE_THE_PROVIDER=1", "PATH=" + os.Getenv("PATH"), "SYSTEMROOT=" + os.Getenv("SYSTEMROOT")}, env...)
	cmd.WaitDelay = 10 * time.Second
	stdout, stderr = &bytes.Buffer{}, &bytes.Buffer{}
	cmd.Stdout, cmd.Stderr = stdout, stderr
	return cmd, stdout, stderr
}

// code is what a program ended with.
func code(t *testing.T, err error) int {
	t.Helper()
	var exit *exec.ExitError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &exit):
		return exit.ExitCode()
	}
	t.Fatal(err)
	return -1
}

// TestWhatItSays to a person who starts it by hand.
func TestWhatItSays(t *testing.T) {
	t.Parallel()
	const about = "export -dir ./bots"
	for args, want := range map[string]struct {
		code           int
		stdout, stderr string
	}{
		"":                   {1, about, ""},
		"-h":                 {0, about, ""},
		"-version":           {0, "terraform-provider-aichatbothub dev\n", ""},
		"import":             {1, "", `unknown subcommand "import"`},
		"-verbose":           {1, "", "not defined: -verbose"},
		"export":             {1, "", "-dir is missing"},
		"export -h":          {0, "Usage: terraform-provider-aichatbothub export", ""},
		"export -dir ./bots": {1, "", "Missing API key"},
		"probe":              {1, "", "Missing API key"},
		"probe -h":           {0, "Usage: terraform-provider-aichatbothub probe", ""},
		"probe all":          {1, "", `unexpected argument "all"`},
	} {
		cmd, stdout, stderr := program(t, nil, strings.Fields(args)...)
		cmd.Dir = t.TempDir()
		if got := code(t, cmd.Run()); got != want.code || !strings.Contains(stdout.String(), want.stdout) || !strings.Contains(stderr.String(), want.stderr) ||
			(want.stdout == "") != (stdout.Len() == 0) || (want.stderr == "") != (stderr.Len() == 0) {
			t.Errorf("%q: exit code %d\nstdout: %s\nstderr: %s", args, got, stdout, stderr)
		}
	}
}

// TestServes: with the cookie that Terraform sets it is a plugin, and begins the plugin's handshake.
func TestServes(t *testing.T) {
	t.Parallel()
	cmd, _, _ := program(t, []string{cookie + "=d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2", "PLUGIN_PROTOCOL_VERSIONS=6"})
	cmd.Stdout = nil
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line := make([]byte, 4)
	if _, err := out.Read(line); err != nil || string(line) != "1|6|" {
		t.Errorf("it begins with %q (%v)", line, err)
	}
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
}

// interrupted starts a program, waits until it has sent a request, and sends it what Ctrl-C sends. The channel returns how the program ends.
func interrupted(t *testing.T, cmd *exec.Cmd, reached <-chan struct{}, stderr *bytes.Buffer) <-chan error {
	t.Helper()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	select {
	case <-reached:
	case err := <-ended:
		t.Fatalf("it ended by itself: %v\n%s", err, stderr)
	}
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	return ended
}

// TestInterrupted: a Ctrl-C while the account is read leaves nothing behind.
func TestInterrupted(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("it has no such signal")
	}
	e := acctest.Start(t)
	e.AddChatbot(mockhub.Chatbot{})
	reached, hold := make(chan struct{}, 1), make(chan struct{})
	defer close(hold)
	e.Inject(mockhub.Fault{Route: "GET /chatbot/{uuid}/data-sources", Reached: reached, Hold: hold})
	parent := t.TempDir()
	cmd, stdout, stderr := program(t, []string{"AICHATBOTHUB_API_KEY=" + e.Key(), "AICHATBOTHUB_BASE_URL=" + e.URL}, "export", "-dir", filepath.Join(parent, "bots"))
	ended := interrupted(t, cmd, reached, stderr)
	if got := code(t, <-ended); got != 130 || stdout.Len() > 0 || !strings.Contains(stderr.String(), "Interrupted") {
		t.Errorf("exit code %d\n%s%s", got, stdout, stderr)
	}
	if left, err := os.ReadDir(parent); err != nil || len(left) > 0 {
		t.Errorf("it left %v (%v)", left, err)
	}
}

// TestProbeInterrupted: a Ctrl-C while a deployment is probed deletes the chatbot of the probe.
func TestProbeInterrupted(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("it has no such signal")
	}
	e := acctest.Start(t)
	reached, hold := make(chan struct{}, 1), make(chan struct{})
	e.Inject(mockhub.Fault{Route: "POST /chatbot/{uuid}/source-tag/create", Reached: reached, Hold: hold})
	cmd, stdout, stderr := program(t, []string{"AICHATBOTHUB_API_KEY=" + e.Key(), "AICHATBOTHUB_BASE_URL=" + e.URL}, "probe", "-json")
	ended := interrupted(t, cmd, reached, stderr)
	close(hold)
	if got := code(t, <-ended); got != 1 || !strings.Contains(stdout.String(), `"left_behind": []`) || !strings.Contains(stderr.String(), "Interrupted") {
		t.Errorf("exit code %d\n%s%s", got, stdout, stderr)
	}
	if left := e.Chatbots(); len(left) > 0 {
		t.Errorf("%d chatbots are left", len(left))
	}
}

// TestProbeClosedOutput: when nobody reads the output any more, a Ctrl-C deletes the chatbot as well, and a report that cannot be written is
// a failure.
func TestProbeClosedOutput(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("it has no such signal")
	}
	for name, interrupted := range map[string]bool{"Ctrl-C": true, "to the end": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t)
			reached, hold := make(chan struct{}, 1), make(chan struct{})
			e.Inject(mockhub.Fault{Route: "POST /chatbot/{uuid}/source-tag/create", Reached: reached, Hold: hold})
			reader, writer, err := os.Pipe()
			if err != nil {
				t.Fatal(err)
			}
			cmd, _, _ := program(t, []string{"AICHATBOTHUB_API_KEY=" + e.Key(), "AICHATBOTHUB_BASE_URL=" + e.URL}, "probe", "-json")
			cmd.Stdout, cmd.Stderr = writer, writer
			if err := errors.Join(cmd.Start(), writer.Close()); err != nil {
				t.Fatal(err)
			}
			ended := make(chan error, 1)
			go func() { ended <- cmd.Wait() }()
			select {
			case <-reached:
			case err := <-ended:
				t.Fatalf("it ended by itself: %v", err)
			}
			if err := reader.Close(); err != nil {
				t.Fatal(err)
			}
			if interrupted {
				if err := cmd.Process.Signal(os.Interrupt); err != nil {
					t.Fatal(err)
				}
			}
			close(hold)
			if got, left := code(t, <-ended), e.Chatbots(); got != 1 || len(left) > 0 {
				t.Errorf("exit code %d, %d chatbots are left", got, len(left))
			}
		})
	}
}
