package contributing_test

import (
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// root is the root of the repository.
const root = ".."

// page is what a page of this folder has that can be cited.
type page struct {
	parts map[string]bool // sections "4", items of numbered lists in them "3.13", and ids of table rows "R2"
	text  string          // without line breaks
}

var (
	heading = regexp.MustCompile(`^#{2,} (\d+)\. `)
	item    = regexp.MustCompile(`^(\d+)\. `)
	row     = regexp.MustCompile(`^\| ([A-Z]\d+) \|`)

	// citation is "api.md §2, §3" or "goals.md R1, R3"; without the page, a citation in a page is of that page.
	citation = regexp.MustCompile(`\b([a-z]+)\.md((?:,? (?:and |or )?(?:§[\d.]*\d|[A-Z]\d+\b))+)`)
	own      = regexp.MustCompile(`§[\d.]*\d`)
	quoted   = regexp.MustCompile(`\b([a-z]+)\.md, "([^"]+)"`)
	part     = regexp.MustCompile(`[\d.]*\d|[A-Z]\d+`)
	bareGoal = regexp.MustCompile(`\b[PRS][1-9]\d?\b`)
	retired  = regexp.MustCompile(`\b(?:house|terraform)\.md\b`)
)

func parsePage(text string) page {
	p := page{parts: map[string]bool{}, text: joinLines(text)}
	section := ""
	for line := range strings.Lines(text) {
		if m := heading.FindStringSubmatch(line); m != nil {
			section = m[1]
			p.parts[section] = true
		} else if m := item.FindStringSubmatch(line); m != nil {
			p.parts[section+"."+m[1]] = true
		} else if m := row.FindStringSubmatch(line); m != nil {
			p.parts[m[1]] = true
		}
	}
	return p
}

// joinLines lets a citation be found that is broken across lines.
func joinLines(text string) string { return strings.Join(strings.Fields(text), " ") }

// badCitations returns what text cites that pages do not have. self is the name of the page that text is, or empty.
func badCitations(pages map[string]page, self, text string) []string {
	text = joinLines(text)
	var bad []string
	check := func(name, part string) {
		if p, found := pages[name]; !found {
			bad = append(bad, fmt.Sprintf("there is no page %s.md", name))
		} else if !p.parts[part] {
			bad = append(bad, fmt.Sprintf("%s.md has no %s", name, part))
		}
	}
	for _, m := range citation.FindAllStringSubmatch(text, -1) {
		for _, cited := range part.FindAllString(m[2], -1) {
			check(m[1], cited)
		}
	}
	for _, m := range quoted.FindAllStringSubmatch(text, -1) {
		if p, found := pages[m[1]]; found && !strings.Contains(p.text, m[2]) {
			bad = append(bad, fmt.Sprintf("%s.md does not contain %q", m[1], m[2]))
		}
	}
	for _, name := range retired.FindAllString(text, -1) {
		bad = append(bad, "there is no page "+name)
	}
	if self != "" {
		for _, cited := range own.FindAllString(citation.ReplaceAllString(text, ""), -1) {
			check(self, strings.TrimPrefix(cited, "§"))
		}
	}
	return bad
}

func readPages(t *testing.T) map[string]page {
	t.Helper()
	names, err := filepath.Glob("*.md")
	if err != nil || len(names) == 0 {
		t.Fatalf("pages: %v, %v", names, err)
	}
	pages := map[string]page{}
	for _, name := range names {
		pages[strings.TrimSuffix(name, ".md")] = parsePage(read(t, name))
	}
	return pages
}

func read(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// sourceFiles are the files of the repository that people write: no generated pages, no build results.
func sourceFiles(t *testing.T) []string {
	t.Helper()
	var files []string
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := d.Name()
		if d.IsDir() && path != root && (name == "docs" && filepath.Dir(path) == root || name == "node_modules" || name == "dist" || name == ".git" || name == ".bin") {
			return filepath.SkipDir
		}
		if d.Type().IsRegular() && slices.Contains([]string{".go", ".md", ".yml", ".sh", ".mjs", ".tmpl", ""}, filepath.Ext(name)) {
			files = append(files, path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// prose is what a file says to its readers: the comments of Go, all of anything else. Groups of comments are separate.
func prose(t *testing.T, file string) []string {
	t.Helper()
	if filepath.Ext(file) != ".go" {
		return []string{read(t, file)}
	}
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, group := range parsed.Comments {
		out = append(out, group.Text())
	}
	return out
}

// TestCitations finds every citation of a page of this folder, in comments and in prose, and the section, item or goal that it names.
func TestCitations(t *testing.T) {
	t.Parallel()
	pages := readPages(t)
	found := 0
	for _, file := range sourceFiles(t) {
		self := ""
		if filepath.Dir(file) == filepath.Join(root, "contributing") && filepath.Ext(file) == ".md" {
			self = strings.TrimSuffix(filepath.Base(file), ".md")
		}
		for _, text := range prose(t, file) {
			found += len(citation.FindAllString(joinLines(text), -1))
			for _, problem := range badCitations(pages, self, text) {
				t.Errorf("%s: %s", file, problem)
			}
			if filepath.Ext(file) != ".go" {
				continue
			}
			for _, goal := range bareGoal.FindAllString(text, -1) {
				if !pages["goals"].parts[goal] {
					t.Errorf("%s: goals.md has no %s", file, goal)
				}
			}
		}
	}
	if found < 100 {
		t.Errorf("only %d citations were found", found)
	}
}

func TestBadCitations(t *testing.T) {
	t.Parallel()
	pages := map[string]page{
		"api":   parsePage("# API\n## 1. Conventions\n## 4. Update\n1. first\n2. second\ntwo\nwords\n"),
		"goals": parsePage("## 1. Goals\n| id | goal |\n|---|---|\n| R2 | none lost |\n"),
	}
	for text, want := range map[string]string{
		"an update is partial (api.md §4).": "",
		"two of them (api.md §1, §4)":       "",
		"ends a sentence, api.md §4.":       "",
		"an item (api.md §4.2)":             "",
		"a goal (goals.md R2)":              "",
		"broken across (api.md\n§4)":        "",
		`words (api.md, "two words")`:       "",
		"a page only (api.md)":              "",
		"no such section (api.md §5)":       "api.md has no 5",
		"the second one (api.md §1, §5)":    "api.md has no 5",
		"with and (api.md §1 and §5)":       "api.md has no 5",
		"no such item (api.md §4.3)":        "api.md has no 4.3",
		"no such goal (goals.md R2, R3)":    "goals.md has no R3",
		"no such page (other.md §1)":        "there is no page other.md",
		`no such words (api.md, "three")`:   `api.md does not contain "three"`,
		"an old page (house.md)":            "there is no page house.md",
	} {
		if got := strings.Join(badCitations(pages, "", text), "; "); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
	if got := badCitations(pages, "api", "see §4, goals.md R2 and §9"); !slices.Equal(got, []string{"goals.md has no 9"}) {
		t.Errorf("in a page: %q", got)
	}
	if got := badCitations(pages, "api", "see §4 and §9"); !slices.Equal(got, []string{"api.md has no 9"}) {
		t.Errorf("of the page itself: %q", got)
	}
}
