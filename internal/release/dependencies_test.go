package release

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// Who uses a dependency, as the table of CONTRIBUTING.md says it.
const (
	inProvider = "provider"
	inTests    = "tests"
	inTools    = "tools"
)

// command returns the output of a program at the root of the repository.
func command(t *testing.T, name string, args ...string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), name, args...)
	cmd.Dir = root
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s %s: %v", name, strings.Join(args, " "), err)
	}
	return string(out)
}

// required returns what go.mod requires directly, and the programs of its tool directives.
func required(t *testing.T, file string) (modules, tools []string) {
	t.Helper()
	var mod struct {
		Require []struct {
			Path     string
			Indirect bool
		}
		Tool []struct{ Path string }
	}
	if err := json.Unmarshal([]byte(command(t, "go", "mod", "edit", "-json", file)), &mod); err != nil {
		t.Fatal(err)
	}
	for _, r := range mod.Require {
		if !r.Indirect {
			modules = append(modules, r.Path)
		}
	}
	for _, tool := range mod.Tool {
		tools = append(tools, tool.Path)
	}
	return modules, tools
}

// contains reports whether a package belongs to a module.
func contains(module, pkg string) bool { return pkg == module || strings.HasPrefix(pkg, module+"/") }

// direct returns every direct dependency of the repository, with who uses it.
func direct(t *testing.T) map[string]string {
	t.Helper()
	modules, _ := required(t, "go.mod")
	imported := strings.Fields(command(t, "go", "list", "-deps", "-f", `{{if .Module}}{{if .Module.Main}}{{join .Imports "\n"}}{{end}}{{end}}`, "."))
	found := map[string]string{}
	for _, m := range modules {
		found[m] = inTests
		if slices.ContainsFunc(imported, func(pkg string) bool { return contains(m, pkg) }) {
			found[m] = inProvider
		}
	}
	files, err := filepath.Glob(filepath.Join(root, "tools", "*", "go.mod"))
	if err != nil || len(files) == 0 {
		t.Fatalf("tools: %q %v", files, err)
	}
	for _, file := range files {
		modules, tools := required(t, filepath.Join("tools", filepath.Base(filepath.Dir(file)), "go.mod"))
		for _, name := range slices.Concat(modules, tools) {
			found[name] = inTools
		}
	}
	var browser struct{ Dependencies, DevDependencies map[string]string }
	if err := json.Unmarshal([]byte(read(t, "tools", "browser", "package.json")), &browser); err != nil {
		t.Fatal(err)
	}
	for name := range browser.Dependencies {
		found[name] = inTools
	}
	for name := range browser.DevDependencies {
		found[name] = inTools
	}
	return found
}

var dependencyRow = regexp.MustCompile("^\\| `([^`]+)` \\| (\\w+) \\| (.{15,}) \\|$")

// dependencyProblems compares the section Dependencies of a page with the dependencies.
func dependencyProblems(page string, want map[string]string) []string {
	_, section, _ := strings.Cut(page, "\n## Dependencies\n")
	section, _, _ = strings.Cut(section, "\n## ")
	var bad []string
	listed := map[string]bool{}
	for line := range strings.Lines(section) {
		line = strings.TrimSuffix(line, "\n")
		if !strings.HasPrefix(line, "| `") {
			continue
		}
		row := dependencyRow.FindStringSubmatch(line)
		switch {
		case row == nil:
			bad = append(bad, fmt.Sprintf("%q does not say who uses a dependency, and why", line))
		case listed[row[1]]:
			bad = append(bad, row[1]+" has two rows")
		case want[row[1]] == "":
			bad = append(bad, row[1]+" is no direct dependency any more")
		case want[row[1]] != row[2]:
			bad = append(bad, fmt.Sprintf("%s is used by the %s, and the row says %s", row[1], want[row[1]], row[2]))
		}
		if row != nil {
			listed[row[1]] = true
		}
	}
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if !listed[name] {
			bad = append(bad, name+" has no row that says why it is needed")
		}
	}
	return bad
}

// TestDependencies: CONTRIBUTING.md says of every direct dependency who uses it and why, and of no other.
func TestDependencies(t *testing.T) {
	t.Parallel()
	for _, problem := range dependencyProblems(read(t, "CONTRIBUTING.md"), direct(t)) {
		t.Errorf("CONTRIBUTING.md, Dependencies: %s", problem)
	}
}

func TestDependencyProblems(t *testing.T) {
	t.Parallel()
	const table = "# Page\n\n## Dependencies\n\n| | used by | why |\n|---|---|---|\n| `example.com/a` | provider | it reads the things that we need |\n\n## Next\n\n| `example.com/b` | tests | of another section, and no dependency |\n"
	a := map[string]string{"example.com/a": inProvider}
	for name, c := range map[string]struct {
		page string
		have map[string]string
		want string
	}{
		"complete":       {table, a, ""},
		"a new one":      {table, map[string]string{"example.com/a": inProvider, "example.com/b": inTests}, "example.com/b has no row"},
		"one is gone":    {table, nil, "no direct dependency any more"},
		"another user":   {table, map[string]string{"example.com/a": inTests}, "is used by the tests"},
		"no reason":      {strings.Replace(table, "it reads the things that we need", "good", 1), a, "does not say"},
		"twice":          {strings.Replace(table, "|\n\n##", "|\n| `example.com/a` | provider | it reads the things that we need |\n\n##", 1), a, "two rows"},
		"no such header": {"# Page\n", a, "has no row"},
	} {
		if got := strings.Join(dependencyProblems(c.page, c.have), "; "); (got == "") != (c.want == "") || !strings.Contains(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
