package contributing_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// Pages name files, packages and tests in code spans, and commands in guides name tests. These names must exist.
var (
	fence    = regexp.MustCompile("(?ms)^ *```.*?^ *```")
	codeSpan = regexp.MustCompile("`([^`]+)`")
	link     = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	// testName is a test of a package. The package resource is terraform-plugin-testing's.
	testName = regexp.MustCompile(`^([a-z]+)\.((?:Test|Benchmark|Fuzz)[A-Za-z0-9]+)`)
	runTest  = regexp.MustCompile(`(?:-run |RUN=)([A-Z]\w+)`)
	runIn    = regexp.MustCompile(`\./internal/([a-z/]*[a-z])`)
)

// repository is what references are looked up in.
type repository struct {
	files map[string]bool            // files and folders, relative to the root
	tests map[string]map[string]bool // names of tests by package folder below internal/
}

func readRepository(t *testing.T) repository {
	t.Helper()
	r := repository{files: map[string]bool{}, tests: map[string]map[string]bool{}}
	function := regexp.MustCompile(`(?m)^func ((?:Test|Benchmark|Fuzz)\w+)\(`)
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && slices.Contains([]string{".git", ".bin", "node_modules"}, d.Name()) {
			return filepath.SkipDir
		}
		rel, err := filepath.Rel(root, path)
		r.files[filepath.ToSlash(rel)] = true
		if err != nil || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		source, err := os.ReadFile(path)
		pkg := strings.TrimPrefix(strings.TrimPrefix(filepath.ToSlash(filepath.Dir(rel)), "internal/"), "cmd/")
		for _, m := range function.FindAllStringSubmatch(string(source), -1) {
			if r.tests[pkg] == nil {
				r.tests[pkg] = map[string]bool{}
			}
			r.tests[pkg][m[1]] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// badReferences returns what the page in folder dir names and the repository does not have.
func (r repository) badReferences(dir, text string) []string {
	text = fence.ReplaceAllString(text, "")
	var bad []string
	for _, m := range codeSpan.FindAllStringSubmatch(text, -1) {
		if name := testName.FindStringSubmatch(m[1]); len(name) == 3 && name[1] != "resource" && !r.tests[name[1]][name[2]] {
			bad = append(bad, fmt.Sprintf("there is no test %s.%s", name[1], name[2]))
		}
		if run, in := runTest.FindStringSubmatch(m[1]), runIn.FindStringSubmatch(m[1]); run != nil && in != nil && !r.matches(in[1], run[1]) {
			bad = append(bad, fmt.Sprintf("no test of internal/%s matches %s", in[1], run[1]))
		}
		if !r.hasPath(m[1]) {
			bad = append(bad, "there is no "+m[1])
		}
	}
	for _, m := range link.FindAllStringSubmatch(text, -1) {
		target, _, _ := strings.Cut(m[1], "#")
		if target != "" && !strings.Contains(target, "://") && !r.files[filepath.ToSlash(filepath.Join(dir, target))] {
			bad = append(bad, "there is no "+m[1])
		}
	}
	return bad
}

// matches reports whether a test of a package matches a pattern of go test -run that is a part of a name.
func (r repository) matches(pkg, pattern string) bool {
	for name := range r.tests[pkg] {
		if strings.Contains(name, pattern) {
			return true
		}
	}
	return false
}

// hasPath reports whether a code span that is a path exists, and true for any other code span. A path begins with a folder of the root, or
// ends in .go and begins with a package. Placeholders such as <noun> are not looked up.
func (r repository) hasPath(span string) bool {
	span = strings.TrimSuffix(strings.TrimPrefix(span, "./"), "/")
	first, rest, _ := strings.Cut(span, "/")
	if rest == "" || strings.ContainsAny(span, " <*…{:") {
		return true
	}
	if strings.HasSuffix(span, ".go") && !r.files[first] {
		return r.files["internal/"+span]
	}
	return !r.files[first] || r.files[span]
}

// TestReferences checks what the pages for contributors and the guides name.
func TestReferences(t *testing.T) {
	t.Parallel()
	r := readRepository(t)
	pages := []string{"AGENTS.md", "CONTRIBUTING.md", "README.md", "SECURITY.md"}
	for _, pattern := range []string{"contributing/*.md", "templates/guides/*"} {
		found, err := filepath.Glob(filepath.Join(root, filepath.FromSlash(pattern)))
		if err != nil || len(found) == 0 {
			t.Fatalf("%s: %v, %v", pattern, found, err)
		}
		for _, path := range found {
			pages = append(pages, strings.TrimPrefix(filepath.ToSlash(path), "../"))
		}
	}
	for _, page := range pages {
		for _, problem := range r.badReferences(filepath.Dir(page), read(t, filepath.Join(root, page))) {
			t.Errorf("%s: %s", page, problem)
		}
	}
}

// badPromises returns the rows of the table of promises that name no test and no check, and false if there is no such table.
func badPromises(text string) (bad []string, found bool) {
	_, table, found := strings.Cut(text, "\n| who | promise | tests |\n|---|---|---|\n")
	table, _, _ = strings.Cut(table, "\n\n")
	for line := range strings.Lines(table) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), " | ")
		named := false
		if len(cells) == 3 {
			for _, m := range codeSpan.FindAllStringSubmatch(cells[2], -1) {
				named = named || testName.MatchString(m[1]) || strings.HasPrefix(m[1], "make ")
			}
		}
		if !named {
			bad = append(bad, strings.TrimSpace(line))
		}
	}
	return bad, found
}

// TestPromises: each promise of SECURITY.md names a test. TestReferences checks that the tests exist.
func TestPromises(t *testing.T) {
	t.Parallel()
	bad, found := badPromises(read(t, filepath.Join(root, "SECURITY.md")))
	if !found || len(bad) > 0 {
		t.Errorf("SECURITY.md: the table of promises was found: %t; these name no test: %q", found, bad)
	}
	const head = "text\n\n| who | promise | tests |\n|---|---|---|\n"
	for row, want := range map[string]int{
		"| all | nothing is lost | `hub.TestKept` |": 0, "| | nothing is lost | `make check` |": 0,
		"| all | nothing is lost | |": 1, "| all | `hub.TestKept` | we looked |": 1, "| all | nothing is lost |": 1,
	} {
		if bad, found := badPromises(head + row + "\n\n| other | table | none |\n"); !found || len(bad) != want {
			t.Errorf("%q: %q, %t", row, bad, found)
		}
	}
}

func TestBadReferences(t *testing.T) {
	t.Parallel()
	r := repository{
		files: map[string]bool{"internal": true, "internal/hub": true, "internal/hub/route.go": true, "contributing": true, "contributing/api.md": true},
		tests: map[string]map[string]bool{"hub": {"TestRoutes": true}},
	}
	for text, want := range map[string]string{
		"a test (`hub.TestRoutes`)":                        "",
		"a subtest (`hub.TestRoutes/of_agents`)":           "",
		"a file: `internal/hub/route.go`":                  "",
		"short: `hub/route.go`":                            "",
		"a folder: `internal/hub`, `./internal/hub/`":      "",
		"a placeholder: `internal/<noun>/model.go`":        "",
		"a path of another repository: `x/y`":              "",
		"a link: [api](api.md#4-update-semantics)":         "",
		"a link: [web](https://example.com/x)":             "",
		"`go test -run TestRou ./internal/hub`":            "",
		"```\n`internal/gone`\n```":                        "",
		"no test (`hub.TestGone`)":                         "there is no test hub.TestGone",
		"no package (`gone.TestRoutes`)":                   "there is no test gone.TestRoutes",
		"no file: `internal/hub/gone.go`":                  "there is no internal/hub/gone.go",
		"no short file: `hub/gone.go`":                     "there is no hub/gone.go",
		"no folder: `internal/gone`":                       "there is no internal/gone",
		"no page: [gone](gone.md)":                         "there is no gone.md",
		"`make test-acc RUN=TestGone PKG=./internal/hub/`": "no test of internal/hub matches TestGone",
	} {
		if got := strings.Join(r.badReferences("contributing", text), "; "); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

// TestLayout: architecture.md and the map in AGENTS.md have every package of internal/. Slices, which have a resource.go, are one row.
func TestLayout(t *testing.T) {
	t.Parallel()
	folders, err := os.ReadDir(filepath.Join(root, "internal"))
	if err != nil {
		t.Fatal(err)
	}
	architecture, agents := read(t, "architecture.md"), read(t, filepath.Join(root, "AGENTS.md"))
	for _, folder := range folders {
		name := folder.Name()
		if _, err := os.Stat(filepath.Join(root, "internal", name, "resource.go")); folder.IsDir() && err != nil {
			if !regexp.MustCompile(`(?m)^  (?:\w+/ )*` + name + `/`).MatchString(architecture) {
				t.Errorf("architecture.md does not describe internal/%s", name)
			}
			if !strings.Contains(agents, "`internal/"+name+"`") && !strings.Contains(agents, "`"+name+"`") {
				t.Errorf("the map in AGENTS.md does not have internal/%s", name)
			}
		}
	}
	if lines := strings.Count(agents, "\n"); lines > 80 {
		t.Errorf("AGENTS.md has %d lines, which is more than 80", lines)
	}
}
