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
	`gpg `:                     "it needs a published release; releasecheck checks the signature",
	`sha256sum `:               "it needs a published release; releasecheck checks the checksums",
	`gh `:                      "it needs a published release",
	`terraform providers lock`: "it needs a registry",
	`tofu `:                    "a machine need not have OpenTofu",
}

// tested are pages whose commands a test of the package provider runs, and checks what they do.
var tested = map[string]string{
	"docs/guides/assistants.md":        "TestAssistantsGuide",
	"docs/guides/getting-started.md":   "TestGettingStarted",
	"docs/guides/known-limitations.md": "TestGuideRequests", // it sends what curl would, because a machine need not have curl
	"docs/guides/scale.md":             "TestGuideSplitState",
	"examples/scenarios/":              "TestScenario",
}

// stand is where the commands of a page run: a folder and a service.
type stand struct {
	*testing.T
	*acctest.Env
	cli    *acctest.CLI
	dir    string
	before string // commands that are run first
}

// prepared are the pages whose commands need more than a folder with the first configuration of the index page.
var prepared = map[string]func(s *stand){
	"README.md":                     (*stand).checkout,
	"CONTRIBUTING.md":               (*stand).checkout,
	"docs/guides/drift.md":          (*stand).exported,
	"docs/guides/export.md":         (*stand).support,
	"docs/guides/opentofu.md":       (*stand).opentofu,
	"docs/guides/prompts.md":        (*stand).prompts,
	"docs/guides/staging.md":        (*stand).stages,
	"docs/guides/terraform-test.md": (*stand).scenario,
	"docs/guides/upgrading.md":      (*stand).locked,
	"docs/index.md":                 (*stand).support,
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
			} else if !strings.HasPrefix(c.text, "terraform import ") { // provider.TestExamples runs these
				run = append(run, c)
			}
		}
		if prefix := testedPrefix(page); prefix != "" {
			used[prefix] = len(run) > 0
			continue
		}
		if len(run) == 0 {
			continue
		}
		used[page] = true
		t.Run(page, func(t *testing.T) {
			t.Parallel()
			s := &stand{T: t, Env: acctest.Start(t), cli: cli, dir: t.TempDir()}
			if prepare := prepared[page]; prepare != nil {
				prepare(s)
			} else {
				s.write("main.tf", readPage(t, "examples/provider/provider.tf"))
			}
			s.run(shell, run)
		})
	}
	for _, row := range slices.Concat(slices.Collect(maps.Keys(elsewhere)), slices.Collect(maps.Keys(tested)), slices.Collect(maps.Keys(prepared))) {
		if !used[row] {
			t.Errorf("no page has %q any more", row)
		}
	}
}

// TestTested: the tests exist that run the commands of some pages.
func TestTested(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../provider/*_test.go")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	source := ""
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		source += string(raw)
	}
	for page, test := range tested {
		if !strings.Contains(source, "\nfunc "+test) {
			t.Errorf("the commands of %s: there is no test %s", page, test)
		}
	}
}

// notRun returns the pattern of elsewhere that matches a command; "" if the command is run.
func notRun(text string) string {
	for pattern := range elsewhere {
		if strings.HasPrefix(text, pattern) {
			return pattern
		}
	}
	return ""
}

// testedPrefix returns the key of tested that a page begins with.
func testedPrefix(page string) string {
	for prefix := range tested {
		if page == prefix || strings.HasSuffix(prefix, "/") && strings.HasPrefix(page, prefix) && page != prefix+"README.md" {
			return prefix
		}
	}
	return ""
}

// write writes a file in the folder.
func (s *stand) write(name, text string) {
	s.Helper()
	write(s.T, filepath.Join(s.dir, filepath.FromSlash(name)), text)
}

// checkoutFolder is the folder of a clone.
const checkoutFolder = "terraform-provider-aichatbothub"

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
		file := filepath.Join(s.dir, checkoutFolder, name)
		write(s.T, file, string(raw))
		if err := os.Chmod(file, info.Mode()); err != nil {
			s.Fatal(err)
		}
	}
}

// files copies a folder of the repository into the folder.
func (s *stand) files(from string) {
	s.Helper()
	if err := os.CopyFS(s.dir, os.DirFS(filepath.Join(root, filepath.FromSlash(from)))); err != nil {
		s.Fatal(err)
	}
}

// support has the chatbot "Support" in the account.
func (s *stand) support() {
	s.AddChatbot(mockhub.Chatbot{Name: "Support"})
	s.write("main.tf", readPage(s.T, "examples/provider/provider.tf"))
}

// commit makes a git repository of a folder, with all that is in it.
const commit = "git init -q . && git add --all && git commit -q -m First\n"

// exported has an account, and an earlier export of it in a git repository.
func (s *stand) exported() {
	s.support()
	s.before = "terraform init >/dev/null\nterraform-provider-aichatbothub export -dir account >/dev/null\n(cd account && " + strings.TrimSpace(commit) + ")\n"
}

// prompts has prompts in a git repository whose last commit changes one.
func (s *stand) prompts() {
	s.files("internal/provider/testdata/guides/prompts")
	s.before = commit + "terraform init >/dev/null\necho Funny. >prompts/answers.md\ngit commit -q -a -m Second\nterraform apply -auto-approve >/dev/null\n"
}

// stages has a folder for staging and one for production.
func (s *stand) stages() {
	s.write("main.tf", readPage(s.T, "examples/provider/provider.tf"))
	for folder, name := range map[string]string{"staging": "Northwind Books (staging)", "production": "Northwind Books"} {
		s.write(folder+"/main.tf", strings.Replace(readPage(s.T, "examples/provider/provider.tf"), `"Support"`, `"`+name+`"`, 1))
		s.before += "terraform -chdir=" + folder + " init >/dev/null\n"
	}
	s.before += "terraform init >/dev/null\n"
}

// opentofu has a state that OpenTofu has written.
func (s *stand) opentofu() {
	s.write("main.tf", readPage(s.T, "examples/provider/provider.tf"))
	const path = "/aichatbothub/aichatbothub"
	s.before = "terraform init >/dev/null\nterraform apply >/dev/null\nterraform state replace-provider -auto-approve registry.terraform.io" + path + " registry.opentofu.org" + path + " >/dev/null\n"
}

// scenario has a module with tests.
func (s *stand) scenario() { s.files("examples/scenarios/support-bot") }

// locked has a configuration in a git repository, with a lock file that a new version changes.
func (s *stand) locked() {
	s.write("main.tf", readPage(s.T, "examples/provider/provider.tf"))
	s.write(".terraform.lock.hcl", "")
	s.write(".gitignore", ".terraform/\n")
	s.before = commit
}

// prelude begins the script of every page. The targets of make that take long are looked up and not run, because other tests run what they do.
const prelude = `set -euo pipefail
export GIT_AUTHOR_NAME=A GIT_AUTHOR_EMAIL=a@example.com GIT_COMMITTER_NAME=A GIT_COMMITTER_EMAIL=a@example.com GIT_CONFIG_GLOBAL=/dev/null
started=()
trap 'kill "${started[@]}" $(jobs -p) 2>/dev/null || true' EXIT
# The provider is built already.
go() {
	case "$1 $2" in
	"run .") shift 2 && exec terraform-provider-aichatbothub "$@" ;;
	*) command go "$@" ;;
	esac
}
# The repository is here already.
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
command -v jq >/dev/null || jq() { cat; }
# Runs a server, and sets the variables that it prints.
serve() {
	exec 3< <("$@")
	started+=($!)
	while read -r line <&3; do
		case "$line" in export*) eval "$line" ;; esac
		case "$line" in export\ AICHATBOTHUB_API_KEY=*) return ;; esac
	done
	return 1
}
`

var (
	// server matches a command that serves until it is stopped.
	server = regexp.MustCompile(`^(?:go run \.|\S*provider\S*) mock\b[^>]*$`)
	// ownKey is where a page leaves out the API key.
	ownKey = regexp.MustCompile(`AICHATBOTHUB_API_KEY='?…'?`)
)

// run runs commands in the folder.
func (s *stand) run(shell string, run []command) {
	s.Helper()
	script := prelude
	if _, err := os.Stat(filepath.Join(s.dir, checkoutFolder)); err == nil && !strings.HasPrefix(run[0].text, "git clone") {
		script += "cd " + checkoutFolder + "\n"
	}
	script += s.before
	if s.before == "" && strings.Contains(run[0].page, "guides/") || run[0].page == "docs/index.md" {
		script += "terraform init >/dev/null\n" // which somebody who reads a guide has run
	}
	replacer := strings.NewReplacer(" mock ", " mock -addr 127.0.0.1:0 ", "/tmp/", s.TempDir()+"/")
	for _, c := range run {
		text := ownKey.ReplaceAllLiteralString(replacer.Replace(c.text), "AICHATBOTHUB_API_KEY="+s.Key())
		if server.MatchString(text) {
			text = "serve " + text
		}
		script += c.script(text)
	}
	cmd := exec.CommandContext(s.Context(), shell, "-c", script)
	cmd.Dir = s.dir
	path := s.programs() + string(os.PathListSeparator) + os.Getenv("PATH")
	for name, value := range s.cli.Installation.Env(map[string]string{"AICHATBOTHUB_BASE_URL": s.URL, "AICHATBOTHUB_API_KEY": s.Key(), "PATH": path,
		"TF_CLI_ARGS": "-no-color", "TF_CLI_ARGS_apply": "-auto-approve", "TF_CLI_ARGS_destroy": "-auto-approve"}) {
		cmd.Env = append(cmd.Env, name+"="+value)
	}
	cmd.WaitDelay = time.Second            // for programs that the page does not end
	cmd.Stdin = strings.NewReader("yes\n") // the answer to a question that no variable answers
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Run(); err != nil {
		s.Errorf("%v\n%s", err, out.String())
	}
}

// script prints where the command is, and runs a text for it.
func (c command) script(text string) string {
	// set -e ignores the failure of the first command in "a && b".
	return fmt.Sprintf("printf '%%s\\n' %s\n%s\n(exit $?)\n", quote(fmt.Sprintf("### %s:%d: %s", c.page, c.line, c.text)), text)
}

// TestScript: the script ends at the first command that fails.
func TestScript(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"true": true, "true && true": true, "for a in b; do\ntrue\ndone": true, "sleep 0 &": true,
		"false": false, "false && true": false, "true && false": false, "false | cat": false, "echo $unset": false, "cd missing && true": false, "nothing.such": false,
	} {
		script := prelude
		for _, c := range commands("a.md", "```shell\n"+text+"\ntrue\n```\n") {
			script += c.script(c.text)
		}
		if out, err := exec.CommandContext(t.Context(), "bash", "-c", script).CombinedOutput(); (err == nil) != want {
			t.Errorf("%q: %v, want success %t\n%s", text, err, want, out)
		}
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
