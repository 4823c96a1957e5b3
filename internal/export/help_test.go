package export_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-exec/tfexec"
	tfjson "github.com/hashicorp/terraform-json"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/export"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/provider"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/subcommand"
)

// result is the output and the exit code of a run.
type result struct {
	code           int
	stdout, stderr string
}

// run exports a service's account.
func run(t *testing.T, e *acctest.Env, args ...string) result {
	t.Helper()
	return runAs(t, e, func(*subcommand.Command) {}, args...)
}

// runAs is run with a changed command.
func runAs(t *testing.T, e *acctest.Env, change func(*subcommand.Command), args ...string) result {
	t.Helper()
	var stdout, stderr bytes.Buffer
	env := map[string]string{"AICHATBOTHUB_API_KEY": e.Key(), "AICHATBOTHUB_BASE_URL": e.URL}
	c := subcommand.Command{Args: args, Version: "0.1.0", Getenv: func(name string) string { return env[name] }, Stdout: &stdout, Stderr: &stderr, Options: []provider.Option{acctest.ShortWaits}}
	change(&c)
	code := export.Subcommand.Run(t.Context(), c)
	return result{code, stdout.String(), stderr.String()}
}

// good fails the test unless a run succeeded without output.
func (r result) good(t *testing.T) {
	t.Helper()
	if r.code != 0 || r.stdout != "" || r.stderr != "" {
		t.Fatalf("exit code %d\n%s%s", r.code, r.stdout, r.stderr)
	}
}

// tree returns the contents of all files in a folder, by path with slashes. It is empty for no folder.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		name, _ := filepath.Rel(dir, path)
		files[filepath.ToSlash(name)] = string(content)
		return err
	})
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	return files
}

// all returns the text of all files.
func all(t *testing.T, dir string) string {
	t.Helper()
	var b strings.Builder
	for name, content := range tree(t, dir) {
		b.WriteString(name + "\n" + content + "\n")
	}
	return b.String()
}

// applyImports plans, applies and plans again in a folder. The first plan must contain only the imports, and the second no change.
func applyImports(t *testing.T, cli *acctest.CLI, e *acctest.Env, dir string, imports int) {
	t.Helper()
	tf := cli.Terraform(t, dir, e, nil)
	if err := tf.Init(t.Context()); err != nil {
		t.Fatal(err)
	}
	if formatted, files, err := tf.FormatCheck(t.Context()); err != nil || !formatted {
		t.Errorf("terraform fmt would change %v (%v)", files, err)
	}
	if v, err := tf.Validate(t.Context()); err != nil || !v.Valid || len(v.Diagnostics) > 0 {
		t.Errorf("validate: %+v %v", v, err)
	}
	e.Forget()
	plan := filepath.Join(t.TempDir(), "plan")
	if _, err := tf.Plan(t.Context(), tfexec.Out(plan)); err != nil {
		t.Fatal(err)
	}
	shown, err := tf.ShowPlanFile(t.Context(), plan)
	if err != nil {
		t.Fatal(err)
	}
	if n := onlyImports(t, shown); n != imports {
		t.Errorf("%d imports, want %d", n, imports)
	}
	if t.Failed() {
		t.FailNow() // the apply of another plan could wait forever
	}
	if err := tf.Apply(t.Context(), tfexec.DirOrPlan(plan)); err != nil {
		t.Fatal(err)
	}
	if changes, err := tf.Plan(t.Context()); err != nil || changes {
		t.Errorf("the plan after the import is not empty (%v)", err)
	}
	for _, r := range e.Requests() {
		if r.Method != "GET" {
			t.Errorf("%s was sent", r.Route)
		}
	}
}

// onlyImports returns the number of imports in a plan, and fails the test for every other change.
func onlyImports(t *testing.T, plan *tfjson.Plan) (n int) {
	t.Helper()
	for _, change := range plan.ResourceChanges {
		if !change.Change.Actions.NoOp() || change.Change.Importing == nil {
			t.Errorf("%s: %v from %v to %v", change.Address, change.Change.Actions, change.Change.Before, change.Change.After)
			continue
		}
		n++
	}
	return n
}
