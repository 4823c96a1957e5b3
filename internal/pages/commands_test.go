package pages

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// command is a command in a block of code.
type command struct {
	block
	line int
	text string // its lines, which end with a backslash but for the last one
}

// commands returns the commands of a page.
func commands(page, text string) []command {
	var found []command
	for _, b := range blocks(page, text, "shell") {
		begun := ""
		for i, line := range strings.Split(strings.TrimSuffix(b.text, "\n"), "\n") {
			begun += line
			if strings.HasSuffix(line, "\\") {
				begun += "\n"
				continue
			}
			if trimmed := strings.TrimSpace(begun); trimmed != "" && !strings.HasPrefix(trimmed, "#") {
				found = append(found, command{b, b.line + i, begun})
			}
			begun = ""
		}
	}
	return found
}

// elsewhere are commands that are not run here, with the reason. Each pattern matches the beginning of a command.
var elsewhere = map[string]string{
	`gpg `:              "it needs a published release; `make release-check` checks the signature",
	`sha256sum `:        "it needs a published release; `make release-check` checks the checksums",
	`gh `:               "it needs a published release",
	`curl --fail -H .*`: "provider.TestGuideRequests sends it, because a machine need not have curl",
}

// statuses are the exit codes of commands that do not end with 0.
var statuses = map[string]int{
	`terraform-provider-aichatbothub delete-sessions -chatbot "Support" -older-than 720h`: 2,
}

// stand prepares the folder and the service in which the commands of a page run.
type stand struct {
	*testing.T
	*acctest.Env
	cli     *acctest.CLI
	dir     string
	replace []string // pairs of a text of the page and what is run instead
}

// prepared are the pages whose commands need more than a folder with the first configuration of the index page.
var prepared = map[string]func(s *stand){
	"README.md":       (*stand).checkout,
	"CONTRIBUTING.md": (*stand).checkout,
	"docs/index.md":   func(s *stand) { s.AddChatbot(mockhub.Chatbot{Name: "Support"}) },
}

// TestCommands runs the commands on the pages: those of a page one after the other in one shell, as somebody would type them.
func TestCommands(t *testing.T) {
	t.Parallel()
	cli := acctest.NewCLI(t)
	shell, err := exec.LookPath("bash")
	if err != nil {
		t.Fatalf("the commands are run by bash, as those of the GNUmakefile: %v", err)
	}
	texts := pages(t)
	used := map[string]bool{}
	for _, page := range slices.Sorted(maps.Keys(texts)) {
		var run []command
		for _, c := range commands(page, texts[page]) {
			if pattern := notRun(c.text); pattern != "" {
				used[pattern] = true
			} else {
				run = append(run, c)
			}
			if statuses[c.text] != 0 {
				used[c.text] = true
			}
		}
		if len(run) == 0 || strings.HasPrefix(page, "docs/") && isImport(run) {
			continue
		}
		used[page] = true
		t.Run(page, func(t *testing.T) {
			t.Parallel()
			s := &stand{T: t, Env: acctest.Start(t), cli: cli, dir: t.TempDir()}
			if prepare := prepared[page]; prepare != nil {
				prepare(s)
			}
			s.run(shell, run)
		})
	}
	for _, row := range slices.Concat(slices.Collect(maps.Keys(elsewhere)), slices.Collect(maps.Keys(statuses)), slices.Collect(maps.Keys(prepared))) {
		if !used[row] {
			t.Errorf("no page has %q any more", row)
		}
	}
}

// notRun returns the pattern of elsewhere that matches a command; "" if the command is run.
func notRun(text string) string {
	for pattern := range elsewhere {
		if regexp.MustCompile(`^(?:` + pattern + `)`).MatchString(text) {
			return pattern
		}
	}
	return ""
}

// isImport reports whether the commands are the example of an import, which provider.TestExamples runs.
func isImport(run []command) bool {
	return !slices.ContainsFunc(run, func(c command) bool { return !strings.HasPrefix(c.text, "terraform import ") })
}

// write writes a file in the folder.
func (s *stand) write(name, text string) {
	s.Helper()
	write(s.T, filepath.Join(s.dir, filepath.FromSlash(name)), text)
}

// checkout copies the repository into the folder, with changes that are not committed.
func (s *stand) checkout() {
	s.Helper()
	out, err := exec.CommandContext(s.Context(), "git", "-c", "safe.directory=*", "-C", root, "ls-files", "-z", "--cached", "--others", "--exclude-standard").Output()
	if err != nil {
		s.Fatalf("git ls-files: %v", err)
	}
	for name := range strings.SplitSeq(strings.TrimSuffix(string(out), "\x00"), "\x00") {
		raw, err := os.ReadFile(filepath.Join(root, name))
		if os.IsNotExist(err) {
			continue // deleted, and not committed
		}
		if err != nil {
			s.Fatal(err)
		}
		info, err := os.Stat(filepath.Join(root, name))
		if err != nil {
			s.Fatal(err)
		}
		file := filepath.Join(s.dir, "terraform-provider-aichatbothub", name)
		write(s.T, file, string(raw))
		if err := os.Chmod(file, info.Mode()); err != nil {
			s.Fatal(err)
		}
	}
}

// prelude begins the script of every page. The commands of make are checked, and those that take long are not run: other tests run them.
const prelude = `set -euo pipefail
started=()
trap 'kill "${started[@]}" $(jobs -p) 2>/dev/null || true' EXIT
# The provider is built already.
go() {
	case "$1 $2" in
	"run .") shift 2 && exec terraform-provider-aichatbothub "$@" ;;
	*) command go "$@" ;;
	esac
}
git() {
	case "$1 ${2:-}" in
	"clone https://github.com/aichatbothub/terraform-provider-aichatbothub") ;;
	*) command git "$@" ;;
	esac
}
make() {
	case "$1" in
	build | help | install) command make --no-print-directory "$@" ;;
	*) command make -n "$@" >/dev/null ;;
	esac
}
# Runs a server, and sets the variables that it prints.
serve() {
	exec 3< <("$@")
	started+=($!)
	while read -r line <&3; do
		case "$line" in export*) eval "$line" ;; esac
		case "$line" in export\ AICHATBOTHUB_BASE_URL=*) return ;; esac
	done
	return 1
}
`

// server matches a command that serves until it is stopped.
var server = regexp.MustCompile(`^(?:go run \.|\S*terraform-provider-aichatbothub) mock\b[^>]*$`)

// run runs commands in the folder.
func (s *stand) run(shell string, run []command) {
	s.Helper()
	if prepared[run[0].page] == nil {
		s.write("main.tf", readPage(s.T, "examples/provider/provider.tf"))
	}
	script := prelude
	if _, err := os.Stat(filepath.Join(s.dir, "terraform-provider-aichatbothub", "go.mod")); err == nil && !strings.Contains(run[0].text, "git clone") {
		script += "cd terraform-provider-aichatbothub\n"
	}
	replacer := strings.NewReplacer(append(s.replace, "AICHATBOTHUB_API_KEY='…'", "AICHATBOTHUB_API_KEY="+s.Key(), "AICHATBOTHUB_API_KEY=…", "AICHATBOTHUB_API_KEY="+s.Key(), "/tmp/", s.TempDir()+"/")...)
	for _, c := range run {
		text := replacer.Replace(c.text)
		if server.MatchString(text) {
			text = "serve " + text
		}
		script += fmt.Sprintf("printf '%%s\\n' %s\n", quote(fmt.Sprintf("### %s:%d: %s", c.page, c.line, c.text)))
		if status := statuses[c.text]; status != 0 {
			text = fmt.Sprintf("{ status=0; %s\n} || status=$?; [ $status -eq %d ]", text, status)
		}
		script += text + "\n"
	}
	cmd := exec.CommandContext(s.Context(), shell, "-c", script)
	cmd.Dir = s.dir
	path := filepath.Dir(s.cli.Installation.Binary) + string(os.PathListSeparator) + s.programs() + string(os.PathListSeparator) + os.Getenv("PATH")
	for name, value := range s.cli.Installation.Env(map[string]string{"AICHATBOTHUB_BASE_URL": s.URL, "AICHATBOTHUB_API_KEY": s.Key(), "PATH": path}) {
		cmd.Env = append(cmd.Env, name+"="+value)
	}
	cmd.WaitDelay = time.Second                                  // for programs that the page does not end
	cmd.Stdin = strings.NewReader(strings.Repeat("yes\n", 1000)) // the answers to "Do you want to perform these actions?"
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Run(); err != nil {
		s.Errorf("%v\n%s", err, out.String())
	}
}

// programs returns a folder with the programs that the pages name: terraform is the one of the tests, and terraform-provider-aichatbothub the provider.
func (s *stand) programs() string {
	s.Helper()
	dir := s.TempDir()
	for name, target := range map[string]string{"terraform": s.cli.Path, "terraform-provider-aichatbothub": s.cli.Installation.Binary} {
		if err := os.Symlink(target, filepath.Join(dir, name)); err != nil {
			s.Fatal(err)
		}
	}
	return dir
}

// quote makes one word of the shell of a text.
func quote(text string) string { return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'" }

func readPage(t *testing.T, name string) string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// TestCommandsOf: a command ends where its last line does, and comments are none.
func TestCommandsOf(t *testing.T) {
	t.Parallel()
	got := ""
	for _, c := range commands("a.md", "# A\n\n```shell\n# comment\none \\\n  more\n\ntwo # and\n```\n\n```text\nthree\n```\n") {
		got += fmt.Sprintf("%d: %q\n", c.line, c.text)
	}
	if want := "6: \"one \\\\\\n  more\"\n8: \"two # and\"\n"; got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}
