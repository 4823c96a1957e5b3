package main

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

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
	const about = "write the configuration of an existing account"
	for args, want := range map[string]struct {
		code           int
		stdout, stderr string
	}{
		"":                   {1, about, ""},
		"-h":                 {0, about, ""},
		"-version":           {0, "terraform-provider-aichatbothub dev\n", ""},
		"import":             {1, "", `unknown subcommand "import"`},
		"-verbose":           {1, "", "unknown option -verbose"},
		"diff a":             {1, "", "PRODUCTION is missing"},
		"diff a b":           {1, "", "Missing API key"},
		"export":             {1, "", "-dir is missing"},
		"export -dir ./bots": {1, "", "Missing API key"},
		"mock all":           {1, "", `unexpected argument "all"`},
		"mock -answers best": {1, "", `-answers must be qa or documents and not "best"`},
		"probe":              {1, "", "Missing API key"},
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

// TestUsages: the usage of each subcommand fits a terminal of 80 columns and 24 lines, with the next prompt, and so does the help.
func TestUsages(t *testing.T) {
	t.Parallel()
	texts := map[string]string{"": help()}
	for _, s := range subcommands {
		cmd, stdout, stderr := program(t, nil, s.Name, "-h")
		if got := code(t, cmd.Run()); got != 0 || stderr.Len() > 0 || !strings.HasPrefix(stdout.String(), "Usage: terraform-provider-aichatbothub "+s.Name) {
			t.Errorf("%s -h: exit code %d\n%s%s", s.Name, got, stdout, stderr)
		}
		texts[s.Name] = stdout.String()
		if !strings.Contains(help(), "\n  "+s.Name+" ") {
			t.Errorf("the help lacks %s", s.Name)
		}
	}
	for name, text := range texts {
		if n := strings.Count(text, "\n"); n > 23 && name != "" {
			t.Errorf("%s: %d lines", name, n)
		}
		for line := range strings.Lines(text) {
			if n := utf8.RuneCountInString(strings.TrimSuffix(line, "\n")); n > 80 {
				t.Errorf("%s: %d columns: %s", name, n, line)
			}
		}
	}
}

// startMock starts the subcommand mock, and returns the environment variables that it prints. stop sends it what Ctrl-C sends and returns its
// exit code.
func startMock(t *testing.T, args ...string) (env map[string]string, stop func() int) {
	t.Helper()
	cmd, _, stderr := program(t, nil, append([]string{"mock", "-addr", "127.0.0.1:0"}, args...)...)
	cmd.Stdout = nil
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	env = map[string]string{}
	for lines := bufio.NewScanner(out); len(env) < 2 && lines.Scan(); {
		if assignment, ok := strings.CutPrefix(lines.Text(), "export "); ok {
			name, value, _ := strings.Cut(assignment, "=")
			env[name] = strings.Trim(value, "'")
		}
	}
	if len(env) < 2 {
		t.Fatalf("it ended: %v\n%s", cmd.Wait(), stderr)
	}
	stop = sync.OnceValue(func() int {
		_ = cmd.Process.Signal(os.Interrupt)
		return code(t, cmd.Wait())
	})
	t.Cleanup(func() { stop() })
	return env, stop
}

// TestMockInterrupted: a Ctrl-C ends the mock while a request waits, and closes its connection.
func TestMockInterrupted(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("it has no such signal")
	}
	env, stop := startMock(t, "-latency", "1h")
	sent := readSignal{make(chan struct{}, 1)}
	answered := make(chan error, 1)
	go func() {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, env["AICHATBOTHUB_BASE_URL"]+"/api/v1/chatbot/create", sent)
		if err == nil {
			var res *http.Response
			if res, err = (&http.Client{Transport: &http.Transport{}}).Do(req); err == nil {
				err = errors.Join(errors.New("answered "+res.Status), res.Body.Close())
			}
		}
		answered <- err
	}()
	<-sent.read // the request is on its way
	if got := stop(); got != 0 {
		t.Errorf("exit code %d", got)
	}
	if err := <-answered; err == nil || strings.Contains(err.Error(), "answered") {
		t.Errorf("the waiting request got %v, want a closed connection", err)
	}
}

// readSignal is an empty body that tells when it is read.
type readSignal struct{ read chan struct{} }

// Read implements io.Reader.
func (s readSignal) Read([]byte) (int, error) {
	select {
	case s.read <- struct{}{}:
	default:
	}
	return 0, io.EOF
}

// TestMockForModules: `terraform test` of a module runs with the mock of the provider's own program, without an account.
func TestMockForModules(t *testing.T) {
	t.Parallel()
	cli := acctest.NewCLI(t)
	if runtime.GOOS == "windows" {
		t.Skip("the mock is stopped with a signal that it does not have")
	}
	env, stop := startMock(t, "-answers", "documents")
	dir := t.TempDir()
	for name, text := range map[string]string{
		"main.tf": `terraform {
			required_providers {
				aichatbothub = { source = "aichatbothub/aichatbothub" }
			}
		}
		resource "aichatbothub_chatbot" "shop" { name = "Shop" }
		resource "aichatbothub_knowledge_base" "shop" {
			chatbot_id = aichatbothub_chatbot.shop.id
			questions  = { "When are you open?" = "From nine to six." }
		}
		resource "aichatbothub_answer_test" "hours" {
			chatbot_id = aichatbothub_chatbot.shop.id
			cases      = { hours = { ask = ["When are you open?"], contains = ["nine"] } }
			triggers   = { knowledge = aichatbothub_knowledge_base.shop.revision }
		}`,
		"shop.tftest.hcl": `run "answers" {
			assert {
				condition     = aichatbothub_answer_test.hours.passed
				error_message = "The bot must know the hours."
			}
		}`,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	tf := cli.Terraform(t, dir, nil, env)
	if err := tf.Init(t.Context()); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := tf.Test(t.Context(), &out); err != nil || !strings.Contains(out.String(), `"passed":1`) {
		t.Errorf("terraform test: %v\n%s", err, &out)
	}
	if got := stop(); got != 0 {
		t.Errorf("exit code %d", got)
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

// TestDiff: the exit codes of a comparison are 0, 2 and, after an error or a Ctrl-C, 1.
func TestDiff(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t)
	for name, prompt := range map[string]string{"A": "Sell.", "B": "Sell.", "C": "Buy."} {
		e.AddAgent(e.AddChatbot(mockhub.Chatbot{Name: name}), mockhub.Agent{Name: "Sales", Prompt: prompt})
	}
	env := []string{"AICHATBOTHUB_API_KEY=" + e.Key(), "AICHATBOTHUB_BASE_URL=" + e.URL}
	for args, want := range map[string]struct {
		code           int
		stdout, stderr string
	}{
		"A B": {0, "do not differ.\n", ""},
		"A A": {0, "Both are the chatbot", ""},
		"A C": {2, `prompt: "Sell." → "Buy."`, ""},
		"A D": {1, "", `has no chatbot "D"`},
	} {
		cmd, stdout, stderr := program(t, env, append([]string{"diff"}, strings.Fields(args)...)...)
		if got := code(t, cmd.Run()); got != want.code || !strings.Contains(stdout.String(), want.stdout) || !strings.Contains(stderr.String(), want.stderr) ||
			(want.stdout == "") != (stdout.Len() == 0) || (want.stderr == "") != (stderr.Len() == 0) {
			t.Errorf("%s: exit code %d\n%s%s", args, got, stdout, stderr)
		}
	}
	if runtime.GOOS == "windows" { // it has no Ctrl-C of this kind
		return
	}
	reached, hold := make(chan struct{}, 1), make(chan struct{})
	defer close(hold)
	e.Inject(mockhub.Fault{Route: "GET /chatbot/{uuid}/data-sources", Reached: reached, Hold: hold})
	cmd, stdout, stderr := program(t, env, "diff", "A", "B")
	if got := code(t, <-interrupted(t, cmd, reached, stderr)); got != 1 || stdout.Len() > 0 || stderr.String() != "Interrupted.\n" {
		t.Errorf("exit code %d\n%s%s", got, stdout, stderr)
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
