package provider_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
)

// guideBlocks returns the blocks of commands of a guide, up to a text of it.
func guideBlocks(t *testing.T, name, end string) []string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("..", "..", "templates", "guides", name))
	if err != nil {
		t.Fatal(err)
	}
	text, _, found := strings.Cut(string(raw), end)
	if !found {
		t.Fatalf("%s does not have %q any more", name, end)
	}
	var blocks []string
	for _, m := range regexp.MustCompile("(?ms)^```shell\n(.*?)^```$").FindAllStringSubmatch(text, -1) {
		blocks = append(blocks, m[1])
	}
	if len(blocks) == 0 {
		t.Fatalf("%s has no commands", name)
	}
	return blocks
}

// shell runs a script in the folder of the guide, with Terraform by its own name and without a question before an apply. It returns what the script prints.
// Nothing of a service is known to the script but what it sets itself.
func (g *guide) shell(script string) string {
	g.Helper()
	if runtime.GOOS == "windows" {
		g.Skip("the commands are for a POSIX shell")
	}
	bin := g.TempDir()
	g.must(os.Symlink(g.cli.Path, filepath.Join(bin, "terraform")))
	env := g.cli.Installation.Env(map[string]string{"TF_CLI_ARGS_apply": "-auto-approve", "TF_CLI_ARGS_destroy": "-auto-approve", "TF_CLI_ARGS": "-no-color"})
	env["PATH"] = bin + string(os.PathListSeparator) + os.Getenv("PATH")
	cmd := exec.CommandContext(g.Context(), "bash", "-e", "-c", script)
	cmd.Dir = g.dir
	for name, value := range env {
		cmd.Env = append(cmd.Env, name+"="+value)
	}
	out, err := cmd.CombinedOutput()
	if err != nil {
		g.Fatalf("%v\n%s", err, out)
	}
	return string(out)
}

// TestGettingStarted runs all commands of the guide "Getting started" that need no account, in a folder that has its configuration alone. The mock gets a free port.
func TestGettingStarted(t *testing.T) {
	t.Parallel()
	g := startGuide(t, "getting-started")
	g.must(os.RemoveAll(filepath.Join(g.dir, "docs")))
	script := strings.Join(guideBlocks(t, "getting-started.md.tmpl", "\n## Use your account\n"), "")
	out := g.shell("trap 'kill $!' ERR\n" + strings.Replace(script, " mock ", " mock -addr 127.0.0.1:0 ", 1))
	for _, want := range []string{"Plan: 3 to add, 0 to change, 0 to destroy.", "Apply complete! Resources: 3 added, 0 changed, 0 destroyed.", "/widget/",
		"Apply complete! Resources: 0 added, 1 changed, 0 destroyed.", "Destroy complete! Resources: 3 destroyed."} {
		if !strings.Contains(out, want) {
			t.Errorf("the output has no %q:\n%s", want, out)
		}
	}
}
