package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/tfcli"
)

func needsTerraform(t *testing.T) {
	t.Helper()
	if os.Getenv("TF_ACC") == "" {
		t.Skip("TF_ACC is not set: this builds the provider and runs a real Terraform")
	}
}

// leavesNothing returns a folder for temporary files that must be empty at the end of the test.
func leavesNothing(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	t.Cleanup(func() {
		if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
			t.Errorf("left behind: %v %v", left, err)
		}
	})
	return dir
}

func TestTour(t *testing.T) {
	t.Parallel()
	needsTerraform(t)
	var out bytes.Buffer
	if err := run(t.Context(), options{temp: leavesNothing(t)}, &out); err != nil {
		t.Fatalf("%v\n%s", err, &out)
	}
	rest := out.String()
	for _, want := range []string{
		"1. A configuration", `resource "aichatbothub_default_agent" "answers" {`, "prompt = <<-EOT", `secret_headers_wo = {`, `orders_token = "made-up-`, " init  (", "no request",
		"2. Plan and apply", "aichatbothub_default_agent.answers will be created", "Plan: 5 to add, 0 to change, 0 to destroy.", "no request to the service",
		"Apply complete! Resources: 5 added", " requests to the service: POST /chatbot/create, ", "POST /agent/{uuid}/function/create", "embed_html     = <script>",
		"The service has received the token. The plan and the state (", " kB) do not contain it.",
		"3. A change", "- Be brief and friendly.", "+ Be brief and friendly, and", "aichatbothub_default_agent.answers will be updated in-place",
		"  You answer the customers of Northwind Books.", "- Be brief and friendly.", "+ Be brief and friendly, and", "Plan: 0 to add, 1 to change",
		"1 request to the service: POST /agent/{uuid}/update",
		"No changes.", "2 requests to the service: GET /chatbot/{uuid}, GET /chatbot/{uuid}/agents",
		"4. Import", "aichatbothub_agent.hours will be imported", "Plan: 1 to import, 0 to add, 0 to change", "Import complete", "no request to the service",
		"5. Drift", "aichatbothub_agent.human will be updated in-place", "~ enabled", "false -> true", "Plan: 0 to add, 1 to change", "Modifications complete",
		"6. The default agent is no longer managed", "Resources: 0 added, 0 changed, 2 destroyed.", `name   = "General Q&A"`, `prompt = "You are a helpful assistant."`,
		"7. A question", "aichatbothub_message.gifts: Creation complete", "3 added", "POST /session/{uuid}/message/stream", "The chatbot answers:", "Yes, in paper with stars ✨", "and without the price.",
		"8. Destroy", "Destroy complete! Resources: 7 destroyed.", "The service has no chatbots.",
		"Done in ", "The mock has no objects", "make demo KEEP=1", "go run . probe",
	} {
		_, after, found := strings.Cut(rest, want)
		if !found {
			t.Fatalf("no %q, in this order, in:\n%s", want, &out)
		}
		rest = after
	}
	for _, bad := range []string{"\x1b", "(known after apply)", "\n\n\n"} {
		if strings.Contains(out.String(), bad) {
			t.Errorf("%q in:\n%s", bad, &out)
		}
	}
}

func TestColor(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	p := printer{w: &out, color: true}
	p.step("A step")
	p.quote("~ name = \"a\" -> \"b\"", "plain")
	if want := "\n\x1b[1m1. A step\x1b[0m\n\n     \x1b[33m~ name = \"a\" -> \"b\"\x1b[0m\n     plain\n"; out.String() != want {
		t.Errorf("printed %q, want %q", out.String(), want)
	}
	if f, err := os.Create(filepath.Join(t.TempDir(), "file")); err != nil || wantsColor(f) {
		t.Errorf("a file is taken for a terminal: %v", err)
	}
}

// TestMentions: the search finds the secret, also in Base64.
func TestMentions(t *testing.T) {
	t.Parallel()
	private := base64.StdEncoding.EncodeToString([]byte(`{"secret_headers":"xyz"}`))
	for _, c := range []struct {
		raw  string
		want bool
	}{
		{"", false},
		{`{"a":"xy"}`, false},
		{`{"a":"wxyz"}`, true},
		{`{"private":"` + private + `"}`, true},
		{`{"private":"` + base64.StdEncoding.EncodeToString([]byte(`{"secret_headers":"uvw"}`)) + `"}`, false},
	} {
		if got := mentions([]byte(c.raw), "xyz"); got != c.want {
			t.Errorf("%q mentions the text: %t, want %t", c.raw, got, c.want)
		}
	}
}

// TestTooOld: a Terraform without write-only arguments is an error at the start.
func TestTooOld(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the stand-in for Terraform is a shell script")
	}
	fake := filepath.Join(t.TempDir(), "terraform")
	if err := os.WriteFile(fake, []byte("#!/bin/sh\necho 'Terraform v1.10.5'\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv(tfcli.EnvPath, fake)
	err := run(t.Context(), options{temp: leavesNothing(t)}, io.Discard)
	if err == nil || !strings.Contains(err.Error(), "need Terraform 1.11, and this is Terraform 1.10.5") {
		t.Errorf("error %v", err)
	}
}

// screen stores the output and closes seen when it contains text.
type screen struct {
	all  bytes.Buffer // not embedded: its WriteString would go past Write
	text string
	seen chan struct{}
}

func newScreen(text string) *screen { return &screen{text: text, seen: make(chan struct{})} }

func (s *screen) Write(p []byte) (int, error) {
	n, err := s.all.Write(p)
	if s.text != "" && strings.Contains(s.all.String(), s.text) {
		s.text = ""
		close(s.seen)
	}
	return n, err
}

// start runs the demo until its output contains the text.
func (s *screen) start(ctx context.Context, t *testing.T, opts options) (ended <-chan error) {
	t.Helper()
	end := make(chan error, 1)
	go func() { end <- run(ctx, opts, s) }()
	select {
	case <-s.seen:
	case err := <-end:
		t.Fatalf("it ended before it printed %q: %v\n%s", s.text, err, &s.all)
	}
	return end
}

// TestKeep runs the commands that the demo prints in a shell before it stops the demo.
func TestKeep(t *testing.T) {
	t.Parallel()
	needsTerraform(t)
	if runtime.GOOS == "windows" {
		t.Skip("the commands are for a POSIX shell")
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	out := newScreen("Press Ctrl-C here")
	ended := out.start(ctx, t, options{keep: true, temp: leavesNothing(t)})
	printed := out.all.String()
	var script []string
	for _, line := range regexp.MustCompile(`(?m)^     (export .*|cd .*|\S+ plan)$`).FindAllStringSubmatch(printed, -1) {
		script = append(script, line[1])
	}
	if len(script) != 5 {
		t.Errorf("the commands to type are %q", script)
	}
	shell := exec.CommandContext(ctx, "sh", "-ec", strings.Join(script, "\n")+" -detailed-exitcode")
	shell.Env = slices.DeleteFunc(os.Environ(), func(e string) bool { return strings.HasPrefix(e, "TF_") || strings.HasPrefix(e, "AICHATBOTHUB_") })
	if answer, err := shell.CombinedOutput(); err != nil || !strings.Contains(string(answer), "No changes.") {
		t.Errorf("%v\n%s", err, answer)
	}
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if !strings.HasSuffix(out.all.String(), "The mock has stopped and the folder has been removed.\n") {
		t.Errorf("the end is missing:\n%s", &out.all)
	}
}

func TestInterrupted(t *testing.T) {
	t.Parallel()
	needsTerraform(t)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	out := newScreen("Plan: 5 to add")
	ended := out.start(ctx, t, options{temp: leavesNothing(t)})
	cancel()
	if err := <-ended; !errors.Is(err, context.Canceled) || strings.Contains(out.all.String(), "Done in") {
		t.Errorf("error %v\n%s", err, &out.all)
	}
}

// TestFailure: the error has the step, the command and the error of Terraform.
func TestFailure(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the stand-in for Terraform is a shell script")
	}
	fake := filepath.Join(t.TempDir(), "terraform")
	script := "#!/bin/sh\ncase \"$1\" in version) echo 'Terraform v1.11.4';; *) echo 'Error: no such luck' >&2; exit 1;; esac\n"
	if err := os.WriteFile(fake, []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv(tfcli.EnvPath, fake)
	var out bytes.Buffer
	err := run(t.Context(), options{temp: leavesNothing(t)}, &out)
	if err == nil || !strings.Contains(err.Error(), "step 1, terraform init: exit status 1") || !strings.Contains(err.Error(), "Error: no such luck") {
		t.Errorf("error %v", err)
	}
	if !strings.Contains(out.String(), "$ terraform init  failed\n") {
		t.Errorf("printed:\n%s", &out)
	}
}
