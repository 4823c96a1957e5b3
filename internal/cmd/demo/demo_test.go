package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"html"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

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

// TestTour runs all steps, and compares the picture in demo.svg with the run.
func TestTour(t *testing.T) {
	t.Parallel()
	needsTerraform(t)
	opts := recordedOptions
	opts.temp = leavesNothing(t)
	var out bytes.Buffer
	if err := run(t.Context(), opts, &out); err != nil {
		t.Fatalf("%v\n%s", err, &out)
	}
	text := plainText(out.String())
	rest := text
	for _, want := range []string{
		"1. A first chatbot", "$ export AICHATBOTHUB_BASE_URL='http://127.0.0.1:", "$ cat main.tf", `resource "aichatbothub_chatbot" "shop" {`,
		" init  (", "lines not shown)", "no request", " apply -auto-approve  (", "Plan: 2 to add", "Apply complete! Resources: 2 added", "POST /chatbot/create,",
		"2. A team of agents", "$ cat answers.tf", `resource "aichatbothub_default_agent" "answers" {`, "prompt = <<-EOT", `secret_headers_wo = {`, `orders_token = "made-up-`,
		" plan -out=plan.tfplan  (", "aichatbothub_chatbot.shop will be updated in-place", `~ visibility          = "private" -> "hybrid"`, "Plan: 3 to add, 2 to change, 0 to destroy.",
		"2 requests to the service", "This runs the saved plan", " apply plan.tfplan  (", "Apply complete! Resources: 3 added, 2 changed", "Outputs:", "embed_html = ",
		" requests to the service: POST /chatbot/{uuid}/update", "POST /agent/{uuid}/function/create", "The service has received the token. The plan and the state (",
		"3. A change of the prompt", "- Be brief and friendly.", "+ Be brief and friendly, and", "aichatbothub_default_agent.answers will be updated in-place",
		"  You answer the customers of Northwind Books.", "- Be brief and friendly.", "+ Be brief and friendly, and", "(8 unchanged attributes hidden)", "Plan: 0 to add, 1 to change",
		" apply plan.tfplan  (", "1 request to the service: POST /agent/{uuid}/update",
		" plan  (", "No changes.", "2 requests to the service: GET /chatbot/{uuid}, GET /chatbot/{uuid}/agents",
		"4. Import", "$ cat hours.tf", "aichatbothub_agent.hours will be imported", "Plan: 1 to import, 0 to add, 0 to change", "Import complete", "no request to the service",
		"5. Drift", "aichatbothub_agent.human will be updated in-place", "~ enabled", "false -> true", "Plan: 0 to add, 1 to change", "Modifications complete",
		"6. The default agent is no longer managed", "$ rm answers.tf", "Resources: 0 added, 0 changed, 2 destroyed.", `name   = "General Q&A"`, `prompt = "You are a helpful assistant."`,
		"7. A question", "aichatbothub_message.gifts: Creation complete", "3 added", "Outputs:", "answer = <<EOT", "Yes, in paper with stars ✨", "and without the price.", "POST /session/{uuid}/message/stream",
		"8. Destroy", " destroy -auto-approve  (", "Warning: Destroying chatbot", "Destroy complete! Resources: 7 destroyed.", "The service has no chatbots.",
		"Done in ", "The mock has no objects", "make demo KEEP=1", "go run . probe",
	} {
		_, after, found := strings.Cut(rest, want)
		if !found {
			t.Fatalf("no %q, in this order, in:\n%s", want, text)
		}
		rest = after
	}
	for _, bad := range []string{"\x1b", "\n\n\n", " \n", unbroken} {
		if strings.Contains(text, bad) {
			t.Errorf("%q in:\n%s", bad, text)
		}
	}
	if n := strings.Count(text, "embed_html = \"<script>"); n != 3 { // planned, applied and destroyed
		t.Errorf("the output embed_html is printed %d times", n)
	}
	for line := range strings.Lines(text) {
		if n := utf8.RuneCountInString(strings.TrimRight(line, "\n")); n > recordedColumns {
			t.Errorf("a line of %d characters: %s", n, line)
		}
	}
	checkRecording(t, out.String())
}

// checkRecording compares demo.svg with the recording of a run.
func checkRecording(t *testing.T, output string) {
	t.Helper()
	want, err := recording(output)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(output, "$ tofu ") {
		return // the picture is of Terraform, and OpenTofu prints other lines
	}
	got, err := os.ReadFile("demo.svg")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(inCommon(want), inCommon(string(got))); diff != "" {
		t.Errorf("demo.svg is not of this demo; run make demo-recording (- the demo, + demo.svg):\n%s", diff)
	}
	if len(got) > 150_000 {
		t.Errorf("demo.svg has %d bytes", len(got))
	}
}

// inCommon returns what two recordings of the same demo have in common: the sizes and colors, and the words of the steps without figures and in
// alphabetical order. Terraform works in parallel, so the order of some lines is different in each run, and so is the number of requests. The
// number of lines depends on the version of Terraform.
func inCommon(svg string) []string {
	style, body, _ := strings.Cut(svg, "<g ")
	text := html.UnescapeString(regexp.MustCompile(`<[^>]*>`).ReplaceAllString("<g "+body, " "))
	words := slices.DeleteFunc(strings.Fields(text), func(word string) bool { return strings.Trim(word, "0123456789×()/") == "" })
	slices.Sort(words)
	return append([]string{style}, words...)
}

func TestColor(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	p := printer{w: &out, color: true}
	p.step("A step")
	p.quote("  ~ name = \"a\" -> \"b\"", "plain", "- Installed it")
	if want := "\n\x1b[1m1. A step\x1b[0m\n\n       \x1b[33m~ name = \"a\" -> \"b\"\x1b[0m\n     plain\n     - Installed it\n"; out.String() != want {
		t.Errorf("printed %q, want %q", out.String(), want)
	}
	f, err := os.Create(filepath.Join(t.TempDir(), "file"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if wantsColor(f) {
		t.Error("a file is taken for a terminal")
	}
	if got := columns(f); got != defaultColumns {
		t.Errorf("a file has %d columns", got)
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
	out := newScreen("Press Ctrl-C here") // there is no terminal
	ended := out.start(ctx, t, options{keep: true, temp: leavesNothing(t)})
	printed := out.all.String()
	var script []string
	for _, line := range regexp.MustCompile(`(?m)^   (export .*|cd .*|\S+ plan)$`).FindAllStringSubmatch(printed, -1) {
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

// TestEnter: the demo with a terminal runs until Enter is pressed, and prints all lines of Terraform if asked to.
func TestEnter(t *testing.T) {
	t.Parallel()
	needsTerraform(t)
	keys, press := io.Pipe()
	out := newScreen("Press Enter here")
	ended := out.start(t.Context(), t, options{keep: true, full: true, stdin: keys, temp: leavesNothing(t)})
	printed := out.all.String()
	for _, want := range []string{"successfully initialized!", "aichatbothub_chatbot.shop: Creating...\n", " = (known after apply)", "Refreshing state..."} {
		if !strings.Contains(printed, want) {
			t.Errorf("no %q in:\n%s", want, printed)
		}
	}
	for _, bad := range []string{"not shown", "FULL=1", "terraform_version"} {
		if strings.Contains(printed, bad) {
			t.Errorf("%q in:\n%s", bad, printed)
		}
	}
	if _, err := io.WriteString(press, "\n"); err != nil {
		t.Fatal(err)
	}
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
	out := newScreen("Plan: 3 to add")
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
