package layout

import (
	"encoding/json"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// mostShared is how many existing files a new noun may have to edit.
const mostShared = 12

// sharedFiles reads the list of CONTRIBUTING.md: the existing files that a new noun has to edit.
func sharedFiles(t *testing.T) []string {
	t.Helper()
	raw, err := os.ReadFile("../../CONTRIBUTING.md")
	if err != nil {
		t.Fatal(err)
	}
	_, list, found := strings.Cut(string(raw), "\n### Shared files\n")
	if !found {
		t.Fatal("CONTRIBUTING.md has no section Shared files")
	}
	list, _, _ = strings.Cut(list, "\n#")
	var files []string
	for _, line := range regexp.MustCompile("(?m)^- `([^`]+)`: ").FindAllStringSubmatch(list, -1) {
		files = append(files, line[1])
	}
	return files
}

// TestSharedFiles: the list is short, and its files exist.
func TestSharedFiles(t *testing.T) {
	t.Parallel()
	files := sharedFiles(t)
	if len(files) == 0 || len(files) > mostShared {
		t.Errorf("a new noun edits %d existing files, want 1 to %d: %v", len(files), mostShared, files)
	}
	for _, file := range files {
		if _, err := os.Stat(filepath.Join("..", "..", file)); err != nil {
			t.Error(err)
		}
	}
}

// nounNames match what every noun is called in a file, in any spelling.
var nounNames = []*regexp.Regexp{
	regexp.MustCompile(`(?i)chatbot`), regexp.MustCompile(`(?i)agent`), regexp.MustCompile(`(?i)tool[-_ ]?function`), regexp.MustCompile(`(?i)source(?:[^-_ ]|[-_ ][^t])`),
	regexp.MustCompile(`(?i)source[-_ ]?tag`), regexp.MustCompile(`(?i)session`), regexp.MustCompile(`(?i)message`),
}

// notTables name all nouns, and yet a new noun need not be added, for the reason that is given.
var notTables = map[string]string{
	"internal/faults/configuration_test.go":      "a configuration with nouns of all kinds, and odd fields of its objects; objects are found by acctest.Nouns",
	"internal/hostile/answers_test.go":           "which values can fill the memory does not depend on the noun",
	"internal/hub/decode_test.go":                "the decoders of all forms of fields; a noun need not be",
	"internal/mockhub/overview.go":               "the page of the mock shows what is worth seeing",
	"internal/mockhub/endpoints.json":            "made from api.md by a test",
	"internal/mockhub/docs_page_test.go":         "about the page of the API",
	"internal/mockhub/page/docs.js":              "the page of the API has the word for a uuid where it does not know the noun",
	"internal/mockhub/page/parts.js":             "the page of the mock shows what is worth seeing",
	"internal/mockhub/page_browser_test.go":      "about the page of the mock",
	"internal/mockhub/quirks.go":                 "only facts that are uncertain",
	"internal/snapshot/document_test.go":         "a document with objects of all kinds; TestFields finds their fields",
	"internal/provider/parents_test.go":          "a configuration with nouns of all kinds; TestUnknownParent finds them in acctest.Nouns",
	"internal/provider/testdata/diagnostics.txt": "written by a test",
	"internal/layout/noun_test.go":               "this test",
	"contributing/architecture.md":               "which tests of the present nouns run through Terraform",
	"templates/guides/staging.md.tmpl":           "the kinds of objects that diff compares",
	"templates/guides/scale.md.tmpl":             "the requests of all kinds of objects together",
	"templates/guides/known-limitations.md":      "only limitations",
}

// TestTablesOfNouns: a file that names all nouns is a table, and is in the list of shared files.
func TestTablesOfNouns(t *testing.T) {
	t.Parallel()
	shared := sharedFiles(t)
	root := os.DirFS("../..")
	for file := range notTables {
		if _, err := fs.Stat(root, file); err != nil {
			t.Error(err)
		}
	}
	err := fs.WalkDir(root, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if p != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "node_modules" || p == "docs" || p == "tools" || p == "internal/cmd/bench/results") {
				return fs.SkipDir
			}
			return nil
		}
		raw, err := fs.ReadFile(root, p)
		if err != nil {
			return err
		}
		missing := slices.ContainsFunc(nounNames, func(name *regexp.Regexp) bool { return !name.Match(raw) })
		if !missing && !slices.Contains(shared, p) && notTables[p] == "" {
			t.Errorf("%s names all nouns. Let it find them in a registry, or add it to the shared files of CONTRIBUTING.md", p)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// toy copies the noun source_tag as source_toy. Switches of the mock are not copied.
func toy(text string) string {
	return regexp.MustCompile(`TagColorCase|TagUpdateMerges|[Tt]ag`).ReplaceAllStringFunc(text, func(s string) string {
		switch s {
		case "Tag":
			return "Toy"
		case "tag":
			return "toy"
		}
		return s
	})
}

// exported reports whether a package has only the nouns that are exported or compared. A noun need not be.
func exported(pkg string) bool {
	return slices.Contains([]string{"internal/account", "internal/export", "internal/snapshot"}, pkg)
}

// toyOverlay adds the noun source_toy to the code, for the go command's flag -overlay: copies of the files of source_tag alone, and in the
// shared Go files a copy of each line that names source_tag. It returns the path of the overlay.
func toyOverlay(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	replace := map[string]string{}
	add := func(name, text string) {
		at := filepath.Join(dir, strings.ReplaceAll(name, "/", "+"))
		if err := os.WriteFile(at, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		replace[filepath.Join(root, filepath.FromSlash(name))] = at
	}
	read := func(name string) string {
		raw, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		return string(raw)
	}
	var own []string
	for _, pattern := range []string{"internal/sourcetag/*.go", "internal/*/source_tag*.go", "internal/*/noun_source_tag*.go"} {
		found, err := filepath.Glob(filepath.Join(root, pattern))
		if err != nil || len(found) == 0 {
			t.Fatalf("no %s: %v", pattern, err)
		}
		own = append(own, found...)
	}
	for _, file := range own {
		name, err := filepath.Rel(root, file)
		if err != nil {
			t.Fatal(err)
		}
		name = filepath.ToSlash(name)
		if exported(path.Dir(name)) || strings.HasSuffix(name, "_test.go") && path.Dir(name) != "internal/properties" {
			continue
		}
		add(toy(name), toy(read(name)))
	}
	naming := regexp.MustCompile(`(?i)source_?tag`)
	for _, name := range sharedFiles(t) {
		if !strings.HasSuffix(name, ".go") || exported(path.Dir(name)) {
			continue
		}
		var lines []string
		for line := range strings.Lines(read(name)) {
			lines = append(lines, line)
			if naming.MatchString(line) {
				lines = append(lines, toy(line))
			}
		}
		add(name, strings.Join(lines, ""))
	}
	raw, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		t.Fatal(err)
	}
	overlay := filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(overlay, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	return overlay
}

// TestToyNoun: a new noun needs its own files and the shared ones, and nothing else: the tests that walk all nouns find it and pass.
func TestToyNoun(t *testing.T) {
	t.Parallel()
	walking := []string{
		"TestCatalogIsDescribed", "TestCatalogKeepsTheRules", "TestCatalogIsImportable", "TestImportStringsReachNoOtherRoute", "TestLists", "TestListedIsImported",
		"TestListFailures", "TestPanicsInResources", "TestCallsAfterStop", // provider
		"TestAllKinds", "TestDrift", "TestNoStrayEdits", // properties
		"TestBadLists", // faults
	}
	cmd := exec.CommandContext(t.Context(), "go", "test", "-v", "-vet=off", "-overlay", toyOverlay(t), "-run", "^("+strings.Join(walking, "|")+")$/source_toy",
		"./internal/provider", "./internal/properties", "./internal/faults")
	cmd.Dir = "../.."
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("with a new noun: %v\n%s", err, out)
	}
	for _, test := range walking {
		if !regexp.MustCompile(`--- PASS: ` + test + `\b`).Match(out) {
			t.Errorf("%s was not run:\n%s", test, out)
		}
	}
	for _, test := range []string{"TestLists/", "TestPanicsInResources/", "TestDrift/", "TestBadLists/"} {
		if !regexp.MustCompile(`--- PASS: ` + test + `\S*source_toy`).Match(out) {
			t.Errorf("%s did not find the new noun:\n%s", test, out)
		}
	}
}
