package pages

import (
	"fmt"
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

var (
	// fence is a line that begins or ends a block of code.
	fence = regexp.MustCompile("^( *)(```+|~~~+)(.*)$")
	// languages are the languages of blocks, in one word for each.
	languages = []string{"csv", "diff", "json", "shell", "terraform", "text", "yaml"}
)

// split returns the blocks of code of a page, the page without them, and what is wrong with their fences.
func split(page, text string) (found []block, rest string, bad []string) {
	var b *block // the one that has begun
	indent := ""
	number := 0
	for line := range strings.Lines(text) {
		number++
		line = strings.TrimRight(line, "\r\n")
		m := fence.FindStringSubmatch(line)
		switch {
		case b != nil && m != nil && m[2] == "```" && m[3] == "":
			found = append(found, *b)
			b = nil
		case b != nil:
			b.text += strings.TrimPrefix(line, indent) + "\n"
		case m == nil:
			rest += line + "\n"
		default:
			if m[2] != "```" || !slices.Contains(languages, m[3]) {
				bad = append(bad, fmt.Sprintf("%s:%d: a block begins with %q, want ``` and one of %q", page, number, m[2]+m[3], languages))
			}
			b, indent = &block{page: page, line: number + 1, language: m[3]}, m[1]
		}
	}
	if b != nil {
		found = append(found, *b)
		bad = append(bad, fmt.Sprintf("%s:%d: the block does not end", page, b.line))
	}
	return found, rest, bad
}

// blocks returns the blocks of a page that have one of the languages, or all if none is named, in their order.
func blocks(page, text string, languages ...string) []block {
	found, _, _ := split(page, text)
	return slices.DeleteFunc(found, func(b block) bool { return len(languages) > 0 && !slices.Contains(languages, b.language) })
}

// TestLanguages: every block of code ends, and says what it is.
func TestLanguages(t *testing.T) {
	t.Parallel()
	for page, text := range pages(t) {
		_, _, bad := split(page, text)
		for _, problem := range bad {
			t.Error(problem)
		}
	}
}

func TestSplit(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"a\n```text\nb\n```\nc\n":           `[text 3 "b\n"] "a\nc\n" 0`,
		"- a\n  ```json\n  b\n    c\n  ```": `[json 3 "b\n  c\n"] "- a\n" 0`,
		"```text\n~~~~\n```\n":              `[text 2 "~~~~\n"] "" 0`,
		"```text\nb\n":                      `[text 2 "b\n"] "" 1`,
		"```HCL\nb\n```\n":                  `[HCL 2 "b\n"] "" 1`,
		"```text title=a\nb\n```\n":         `[text title=a 2 "b\n"] "" 1`,
		"```\nb\n```\n":                     `[ 2 "b\n"] "" 1`,
		"~~~text\nb\n```\n":                 `[text 2 "b\n"] "" 1`,
		"```text\na\n```\n```HCL\nb\n```":   `[text 2 "a\n" HCL 5 "b\n"] "" 1`,
	} {
		found, rest, bad := split("a.md", text)
		var all []string
		for _, b := range found {
			all = append(all, fmt.Sprintf("%s %d %q", b.language, b.line, b.text))
		}
		if got := fmt.Sprintf("%s %q %d", all, rest, len(bad)); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

var (
	inCode   = regexp.MustCompile("`[^`\n]*`")
	linkTo   = regexp.MustCompile(`\[[^\]]*\]\(([^)\s]+)(?:\s+"[^"]*")?\)|(?m)^\[[^\]]+\]: (\S+)$|<(?:img|a)\b[^>]* (?:src|href)="([^"]+)"`)
	heading  = regexp.MustCompile(`(?m)^#{1,6} (.*)$`)
	anchored = regexp.MustCompile(`<a id="([^"]+)">`)
	notSlug  = regexp.MustCompile(`[^\p{L}\p{N}_ -]`)
)

// anchors returns what a fragment of a link to a page can be.
func anchors(text string) map[string]bool {
	found := map[string]bool{}
	_, text, _ = split("", text)
	for _, m := range heading.FindAllStringSubmatch(text, -1) {
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
	_, rest, _ := split(page, text)
	for _, m := range linkTo.FindAllStringSubmatch(inCode.ReplaceAllString(rest, ""), -1) {
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
		`<a href="other">a</a>`:         "other leads nowhere",
		`[a](other "title")`:            "other leads nowhere",
		"```text\n[a](other)\n```":      "",
		"[a](https://example.com)":      "",
	} {
		got := badLinks("docs/index.md", files["docs/index.md"]+"\n"+text, func(name string) bool { _, is := files[name]; return is }, func(name string) string { return files[name] })
		if strings.Join(got, "; ") != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
