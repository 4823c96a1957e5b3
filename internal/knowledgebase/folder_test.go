package knowledgebase

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// tree writes files with a content into a new folder. A name that ends with a slash is an empty folder.
func tree(t *testing.T, names ...string) string {
	t.Helper()
	root := t.TempDir()
	for _, name := range names {
		at := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(at), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(at, []byte("content of "+name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

func keys(files []folderFile) []string {
	var all []string
	for _, f := range files {
		all = append(all, f.key)
	}
	return all
}

func TestListFolder(t *testing.T) {
	t.Parallel()
	root := tree(t, "a.md", "b.PDF", "c.txt", "sub/d.md", "sub/deep/e.md", "drafts/f.md", ".hidden.md", ".git/g.md", "sub/.h/i.md", "brüssel/j.md")
	for name, c := range map[string]struct {
		include, exclude []string
		want             []string
	}{
		"all":           {nil, nil, []string{"a.md", "b.PDF", "brüssel/j.md", "c.txt", "drafts/f.md", "sub/d.md", "sub/deep/e.md"}},
		"one level":     {[]string{"*.md"}, nil, []string{"a.md"}},
		"any level":     {[]string{"**/*.md"}, nil, []string{"a.md", "brüssel/j.md", "drafts/f.md", "sub/d.md", "sub/deep/e.md"}},
		"alternatives":  {[]string{"*.{md,txt}"}, nil, []string{"a.md", "c.txt"}},
		"exclude":       {[]string{"**/*.md"}, []string{"drafts/**", "sub/deep/*"}, []string{"a.md", "brüssel/j.md", "sub/d.md"}},
		"folders":       {[]string{"**/*.md"}, []string{"drafts", "**/deep"}, []string{"a.md", "brüssel/j.md", "sub/d.md"}},
		"two includes":  {[]string{"*.PDF", "sub/*"}, nil, []string{"b.PDF", "sub/d.md"}},
		"decomposed":    {[]string{"brüssel/*"}, nil, []string{"brüssel/j.md"}},
		"hidden, named": {[]string{"**/.hidden.md", "a.md"}, nil, []string{"a.md"}},
	} {
		files, err := listFolder(root, folderRules{c.include, c.exclude})
		if err != nil || !slices.Equal(keys(files), c.want) {
			t.Errorf("%s: %q, %v; want %q", name, keys(files), err, c.want)
		}
	}
	for key, want := range map[string]bool{"drafts": true, "drafts/x": true, "draft": false, "a/node_modules": true, "abc": true, "b": false} {
		if got := (folderRules{nil, []string{"drafts/**", "**/node_modules/**", "a*"}}).leavesOut(key); got != want {
			t.Errorf("the folder %q is left out: %t, want %t", key, got, want)
		}
	}
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(root, link); err != nil {
		t.Fatal(err)
	}
	if files, err := listFolder(link, folderRules{include: []string{"*.md"}}); err != nil || len(files) != 1 {
		t.Errorf("the folder itself is a link: %q, %v", keys(files), err)
	}
}

// TestBadFolders: what cannot be uploaded is an error at plan that names the files.
func TestBadFolders(t *testing.T) {
	t.Parallel()
	outside := filepath.Join(tree(t, "key.pem"), "key.pem")
	many := make([]string, 12)
	for i := range many {
		many[i] = fmt.Sprintf("link%02d.md", i)
	}
	for name, c := range map[string]struct {
		root func(t *testing.T) string
		want []string
	}{
		"missing":  {func(t *testing.T) string { t.Helper(); return filepath.Join(t.TempDir(), "none") }, []string{"there is no folder"}},
		"a file":   {func(t *testing.T) string { t.Helper(); return filepath.Join(tree(t, "a.md"), "a.md") }, []string{"is not a folder"}},
		"no match": {func(t *testing.T) string { t.Helper(); return tree(t, "a.txt") }, []string{"no file of the folder", "hidden files are left out"}},
		"link": {func(t *testing.T) string {
			t.Helper()
			root := tree(t, "a.md")
			if err := os.Symlink(outside, filepath.Join(root, "b.md")); err != nil {
				t.Fatal(err)
			}
			return root
		}, []string{"symbolic links are not followed", `"b.md"`}},
		"many links": {func(t *testing.T) string {
			t.Helper()
			root := tree(t, "a.md")
			for _, name := range many {
				if err := os.Symlink(outside, filepath.Join(root, name)); err != nil {
					t.Fatal(err)
				}
			}
			return root
		}, []string{`"link00.md"`, `"link09.md" and 2 more`}},
		"empty": {func(t *testing.T) string {
			t.Helper()
			root := tree(t, "a.md")
			if err := os.WriteFile(filepath.Join(root, "e.md"), nil, 0o600); err != nil {
				t.Fatal(err)
			}
			return root
		}, []string{"are empty", `"e.md"`}},
		"one name": {func(t *testing.T) string { t.Helper(); return tree(t, "a/b.md", "a-b.md") }, []string{"under one name", "a-b.md and a/b.md"}},
	} {
		if _, err := listFolder(c.root(t), folderRules{include: []string{"**/*.md"}}); err == nil {
			t.Errorf("%s: no error", name)
		} else {
			for _, want := range c.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("%s: %v lacks %q", name, err, want)
				}
			}
		}
	}
	if runtime.GOOS != "windows" {
		if _, err := listFolder("/dev", folderRules{include: []string{"null"}}); err == nil || !strings.Contains(err.Error(), "not regular files") {
			t.Errorf("a device: %v", err)
		}
	}
}

// FuzzGlobs: a pattern that is accepted matches without a panic or an endless search, and one without special characters matches itself alone
// (goals.md S5).
func FuzzGlobs(f *testing.F) {
	for _, pattern := range []string{"**/*.{md,pdf}", "a/**", "[a-z]?", "{a,{b,c}}/**/**/x", "[^a]*", "[!\\]]", "{,}", "**a**", "Größe/*.md", "\xff*"} {
		f.Add(pattern, "a/b/c.md")
	}
	f.Add(strings.Repeat("{,*}", 8)+"b", strings.Repeat("a", 64))
	f.Fuzz(func(t *testing.T, pattern, key string) {
		if !isGlob(pattern) || len(pattern) > 200 || len(key) > 200 || !utf8.ValidString(pattern) || !utf8.ValidString(key) { // as texts of Terraform are
			return
		}
		included, excluded := folderRules{include: []string{pattern}}, folderRules{exclude: []string{pattern}}
		if included.matches(key) == excluded.matches(key) || excluded.leavesOut(key) == excluded.matches(key) {
			t.Errorf("%q includes and excludes %q", pattern, key)
		}
		if !strings.ContainsAny(pattern, "*?[]{}") && included.matches(key) != (pattern == key) {
			t.Errorf("%q matches %q: %t", pattern, key, included.matches(key))
		}
	})
}

func TestGlobs(t *testing.T) {
	t.Parallel()
	for pattern, want := range map[string]bool{
		"**/*.{md,pdf}": true, "a.md": true, "drafts/**": true, "a..b.md": true, "[ab].md": true,
		"": false, "../a.md": false, "a/../b.md": false, "/etc/*": false, `a\b.md`: false, "{a": false, "[": false, "C:/x/*": false,
		strings.Repeat("{a,b}", 8): true, strings.Repeat("{,a}", 30) + "b": false, // a match would take minutes
	} {
		if isGlob(pattern) != want {
			t.Errorf("%q: %t", pattern, !want)
		}
	}
}
