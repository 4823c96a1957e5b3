package pages

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const root = "../.."

// pagePatterns are the pages that users read. Those in docs/ are generated, and have what a registry shows.
var pagePatterns = []string{"*.md", "docs/*.md", "docs/*/*.md", "examples/*/README.md", "examples/*/*/README.md"}

// notForUsers are pages at the root that have no commands for users.
var notForUsers = []string{"AGENTS.md", "CHANGELOG.md"}

// pages returns the text of each page, by its path.
func pages(t *testing.T) map[string]string {
	t.Helper()
	texts := map[string]string{}
	dir := os.DirFS(root)
	for _, pattern := range pagePatterns {
		names, err := fs.Glob(dir, pattern)
		if err != nil || len(names) == 0 {
			t.Fatalf("%s: %d pages, %v", pattern, len(names), err)
		}
		for _, name := range names {
			raw, err := fs.ReadFile(dir, name)
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Contains(notForUsers, name) {
				texts[name] = string(raw)
			}
		}
	}
	return texts
}

// block is a fenced block of code.
type block struct {
	page     string
	line     int // of its first line of code
	language string
	text     string
}

var fence = regexp.MustCompile("(?ms)^( *)```([a-z]*)\n(.*?)^ *```$")

// blocks returns the blocks of a page that have one of the languages, or all if none is named, in their order.
func blocks(page, text string, languages ...string) []block {
	var found []block
	for _, at := range fence.FindAllStringSubmatchIndex(text, -1) {
		b := block{page: page, line: strings.Count(text[:at[6]], "\n") + 1, language: text[at[4]:at[5]]}
		indent := text[at[2]:at[3]]
		for line := range strings.Lines(text[at[6]:at[7]]) {
			b.text += strings.TrimPrefix(line, indent)
		}
		if len(languages) == 0 || slices.Contains(languages, b.language) {
			found = append(found, b)
		}
	}
	return found
}

// TestLanguages: every block of code says what it is, in one word for each language.
func TestLanguages(t *testing.T) {
	t.Parallel()
	known := []string{"csv", "diff", "json", "shell", "terraform", "text", "yaml"}
	for page, text := range pages(t) {
		for _, b := range blocks(page, text) {
			if !slices.Contains(known, b.language) {
				t.Errorf("%s:%d: the language of the block is %q, want one of %q", page, b.line, b.language, known)
			}
		}
	}
}

var (
	inCode   = regexp.MustCompile("(?s)```.*?```|`[^`\n]*`")
	linkTo   = regexp.MustCompile(`\[[^\]]*\]\(([^)\s]+)\)|(?m)^\[[^\]]+\]: (\S+)$|<img[^>]* src="([^"]+)"`)
	heading  = regexp.MustCompile(`(?m)^#{1,6} (.*)$`)
	anchored = regexp.MustCompile(`<a id="([^"]+)">`)
	notSlug  = regexp.MustCompile(`[^\p{L}\p{N}_ -]`)
)

// anchors returns what a fragment of a link to a page can be.
func anchors(text string) map[string]bool {
	found := map[string]bool{}
	for _, m := range heading.FindAllStringSubmatch(fence.ReplaceAllString(text, ""), -1) {
		found[strings.ReplaceAll(notSlug.ReplaceAllString(strings.ToLower(strings.TrimSpace(m[1])), ""), " ", "-")] = true
	}
	for _, m := range anchored.FindAllStringSubmatch(text, -1) {
		found[m[1]] = true
	}
	return found
}

// repository begins the addresses of files of this repository.
var repository = regexp.MustCompile(`^https://github\.com/aichatbothub/terraform-provider-aichatbothub/(?:tree|blob)/main/`)

// badLinks returns the links of a page that lead nowhere. Addresses outside of the repository are not requested.
func badLinks(page, text string, exists func(string) bool, read func(string) string) []string {
	var bad []string
	for _, m := range linkTo.FindAllStringSubmatch(inCode.ReplaceAllString(text, ""), -1) {
		link := m[1] + m[2] + m[3]
		target, fragment, _ := strings.Cut(link, "#")
		file := path.Join(path.Dir(page), target)
		switch {
		case repository.MatchString(target):
			file = repository.ReplaceAllString(target, "")
		case strings.Contains(target, ":"):
			continue
		case target == "":
			file = page
		case !exists(file) && strings.HasPrefix(page, "docs/"):
			file += ".md" // a registry shows the pages without the extension
		}
		if !exists(file) {
			bad = append(bad, link+" leads nowhere")
		} else if fragment != "" && !anchors(read(file))[fragment] {
			bad = append(bad, link+": the page has no such heading")
		}
	}
	return bad
}

func TestLinks(t *testing.T) {
	t.Parallel()
	exists := func(name string) bool {
		_, err := os.Stat(filepath.Join(root, filepath.FromSlash(name)))
		return err == nil
	}
	read := func(name string) string {
		raw, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(name)))
		if err != nil {
			t.Error(err)
		}
		return string(raw)
	}
	links := 0
	for page, text := range pages(t) {
		links += len(linkTo.FindAllString(text, -1))
		for _, problem := range badLinks(page, text, exists, read) {
			t.Errorf("%s: %s", page, problem)
		}
	}
	if links < 50 {
		t.Errorf("only %d links were found", links)
	}
}

func TestBadLinks(t *testing.T) {
	t.Parallel()
	files := map[string]string{"docs/index.md": "# The provider\n\n## What it's for\n\n<a id=\"nested\"></a>", "examples/a/main.tf": ""}
	for text, want := range map[string]string{
		"[a](index.md)": "", "[a](index)": "", "[a](index#the-provider)": "", "[a](#what-its-for)": "", "[a](index#nested)": "",
		"[a](other)":         "other leads nowhere",
		"[a](index#nothing)": "index#nothing: the page has no such heading",
		"`[a](other)`":       "",
		"[a][b]\n\n[b]: https://github.com/aichatbothub/terraform-provider-aichatbothub/tree/main/examples/b": "https://github.com/aichatbothub/terraform-provider-aichatbothub/tree/main/examples/b leads nowhere",
		"[a](https://github.com/aichatbothub/terraform-provider-aichatbothub/blob/main/examples/a/main.tf)":   "",
		`<img alt="a" src="other.svg">`: "other.svg leads nowhere",
		"[a](https://example.com)":      "",
	} {
		got := badLinks("docs/index.md", files["docs/index.md"]+"\n"+text, func(name string) bool { _, is := files[name]; return is }, func(name string) string { return files[name] })
		if strings.Join(got, "; ") != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
