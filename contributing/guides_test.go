package contributing_test

import (
	"fmt"
	"io/fs"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	pageTitle = regexp.MustCompile(`(?m)^page_title: "(.*)"$`)
	// mention is a guide in a text, such as: the guide "Performance", or guides "Performance" and "Reliability". The quotes are escaped in Go.
	mention = regexp.MustCompile(`\b[Gg]uides? (\\?"[^"\n]+"(?:(?:,| and|,? or) \\?"[^"\n]+")*)`)
	aTitle  = regexp.MustCompile(`"([^"\\]+)\\?"`)
)

// guideTitles returns the titles of the guides by file name, without extensions.
func guideTitles(t *testing.T) map[string]string {
	t.Helper()
	titles := map[string]string{}
	found, err := filepath.Glob(filepath.Join(root, "templates", "guides", "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range found {
		name, _, _ := strings.Cut(filepath.Base(path), ".")
		if title := pageTitle.FindStringSubmatch(read(t, path)); title != nil {
			titles[name] = title[1]
		}
	}
	if len(titles) == 0 || len(titles) != len(found) {
		t.Fatalf("%d of %d guides have a title", len(titles), len(found))
	}
	return titles
}

// unknownGuides returns the guides that a text names and that do not exist.
func unknownGuides(titles []string, text string) []string {
	var unknown []string
	for _, m := range mention.FindAllStringSubmatch(joinLines(text), -1) {
		for _, title := range aTitle.FindAllStringSubmatch(m[1], -1) {
			if !slices.Contains(titles, title[1]) {
				unknown = append(unknown, title[1])
			}
		}
	}
	return unknown
}

// TestGuides: the first heading of a guide is its title, the first page lists every guide, and a guide that a text names exists.
func TestGuides(t *testing.T) {
	t.Parallel()
	guides := guideTitles(t)
	index := read(t, filepath.Join(root, "templates", "index.md.tmpl"))
	for name, title := range guides {
		page := read(t, filepath.Join(root, "docs", "guides", name+".md"))
		if !strings.Contains(page, "\n---\n\n# "+title+"\n\n") {
			t.Errorf("the first heading of the guide %s is not %q", name, title)
		}
		if !strings.Contains(index, fmt.Sprintf("\n- [%s](guides/%s): ", title, name)) {
			t.Errorf("templates/index.md.tmpl does not list %q", title)
		}
	}
	titles := slices.Collect(maps.Values(guides))
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, path)
		switch {
		case err != nil:
			return err
		case d.IsDir() && slices.Contains([]string{".git", ".bin", "node_modules", "docs"}, rel):
			return filepath.SkipDir
		case d.IsDir() || !slices.Contains([]string{".go", ".md", ".tmpl", ".tf", ".hcl", ".yml"}, filepath.Ext(path)) || filepath.Base(path) == "guides_test.go":
			return nil
		}
		for _, title := range unknownGuides(titles, read(t, path)) {
			t.Errorf("%s: there is no guide %q", filepath.ToSlash(rel), title)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestUnknownGuides(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`See the guide "Known".`:                          "",
		`See the guide "Unknown".`:                        "Unknown",
		`Guides "Known" and "Unknown".`:                   "Unknown",
		`The guides "Known", "Odd" and "Known".`:          "Odd",
		`"The guide \"Unknown\" says \"what\" it is."`:    "Unknown",
		`"The guide \"Known\" says \"what\" it is."`:      "",
		`a guide with the text "x", and another word "y"`: "",
	} {
		if got := strings.Join(unknownGuides([]string{"Known"}, text), "; "); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}
