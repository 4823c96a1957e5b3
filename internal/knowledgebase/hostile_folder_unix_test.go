//go:build unix

package knowledgebase

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
)

// within is acctest.Within, which tests inside a slice cannot import.
func within(t *testing.T, f func()) {
	t.Helper()
	done := make(chan struct{})
	go func() { defer close(done); f() }()
	select {
	case <-done:
	case <-time.After(time.Minute):
		t.Fatal("the call hangs")
	}
}

// TestHostileFolders: what a folder can have that is no file in it is an error that names it, or is left out with exclude. Nothing waits, and
// nothing outside of the folder is read.
func TestHostileFolders(t *testing.T) {
	t.Parallel()
	const links, special, unfit = "symbolic links are not followed", "not regular files", "control character or a backslash"
	link := func(to string) func(string) error { return func(at string) error { return os.Symlink(to, at) } }
	file := func(at string) error { return os.WriteFile(at, []byte("text"), 0o600) }
	folder := func(at string) error { return errors.Join(os.Mkdir(at, 0o700), file(filepath.Join(at, "x.md"))) }
	outside := tree(t, "x.md", "sub/x.md")
	for name, c := range map[string]struct {
		entry   string
		make    func(at string) error
		include []string
		want    string // "" if the entry has no effect
	}{
		"pipe":                           {"p.md", func(at string) error { return syscall.Mkfifo(at, 0o600) }, nil, special},
		"pipe that does not match":       {"p.fifo", func(at string) error { return syscall.Mkfifo(at, 0o600) }, []string{"**/*.md"}, ""},
		"link to a device":               {"z.md", link("/dev/zero"), nil, links},
		"link to a secret":               {"k.md", link(filepath.Join(outside, "x.md")), []string{"*.md"}, links},
		"link to a file of the folder":   {"k.md", link("a.md"), nil, links},
		"link to nothing":                {"k.md", link("none"), nil, links},
		"link to nothing, no match":      {"k", link("none"), []string{"**/*.md"}, ""},
		"link to a file, no match":       {"k", link("a.md"), []string{"**/*.md"}, ""},
		"link to itself":                 {"k.md", link("k.md"), nil, links},
		"link to the folder":             {"k", link("."), []string{"**/*.md"}, links},
		"link to the folder above":       {"k", link(".."), []string{"k/**", "*.md"}, links},
		"link to another folder":         {"k", link(outside), []string{"**/*.md"}, links},
		"link to another folder, deeper": {"k", link(outside), []string{"k/sub/*.md", "*.md"}, links},
		"link to another folder, named":  {"k", link(outside), []string{"k/*.md", "*.md"}, links},
		"link to a folder, not reached":  {"k", link(outside), []string{"*.md", "docs/**"}, ""},
		"link to a folder, one level":    {"k", link(outside), []string{"*.{md,txt}"}, ""},
		"hidden link":                    {".k", link(outside), nil, ""},
		"line break":                     {"a\nb.md", file, nil, unfit},
		"escape":                         {"\x1b[2J.md", file, nil, unfit},
		"folder with a line break":       {"f\n", folder, nil, unfit},
		"backslash":                      {`a\b.md`, file, nil, unfit},
		"not UTF-8":                      {"\xff.md", file, nil, unfit},
		"folder, not UTF-8":              {"\xff", folder, []string{"**/*.md"}, unfit},
		"no match":                       {"\xff.txt", file, []string{"**/*.md"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			root := tree(t, "a.md")
			if err := c.make(filepath.Join(root, c.entry)); err != nil {
				t.Skipf("the file system refuses the name: %v", err)
			}
			within(t, func() {
				files, err := listFolder(root, folderRules{include: c.include})
				switch {
				case c.want == "" && (err != nil || !slices.Equal(keys(files), []string{"a.md"})):
					t.Errorf("%q, %v", keys(files), err)
				case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "exclude")):
					t.Errorf("%q, %v; want %q", keys(files), err, c.want)
				case err != nil && (strings.ContainsAny(err.Error(), "\x1b\n") || !utf8.ValidString(err.Error())):
					t.Errorf("%q has no readable name", err)
				}
				files, err = listFolder(root, folderRules{include: c.include, exclude: []string{"[!a]*", "a?b*", `a\\b.md`}})
				if err != nil || !slices.Equal(keys(files), []string{"a.md"}) {
					t.Errorf("left out with exclude: %q, %v", keys(files), err)
				}
			})
		})
	}
}

// TestSpecialFolders: a path that leads to a pipe, to a device or to files without a size.
func TestSpecialFolders(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	pipe, loop := filepath.Join(dir, "pipe"), filepath.Join(dir, "loop")
	for _, err := range []error{syscall.Mkfifo(pipe, 0o600), os.Symlink("loop", loop)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	for name, want := range map[string]string{
		pipe: "is not a folder", "/dev/zero": "is not a folder", loop: "unable to read the folder", filepath.Join(dir, strings.Repeat("n", 300)): "unable to read the folder",
		dir + "/a\x00": "unable to read the folder", dir + "/\x1b": "there is no folder", "/dev/fd": "", "/proc/self": "",
	} {
		within(t, func() {
			files, err := listFolder(name, folderRules{include: []string{"environ", "*"}})
			if err == nil || !strings.Contains(err.Error(), want) || strings.ContainsAny(err.Error(), "\x00\x1b") {
				t.Errorf("%q: %q, %v; want %q", name, keys(files), err, want)
			}
		})
	}
	if _, err := base.OpenFolder(pipe); err == nil {
		t.Error("a pipe was opened as a folder")
	}
}

// TestSwappedFiles: between the list of the folder and the reading of a file the file, or a folder above it, becomes something else.
func TestSwappedFiles(t *testing.T) {
	t.Parallel()
	outside := tree(t, "b.md", "sub/b.md")
	for name, c := range map[string]struct {
		swap func(root string) error
		want error // nil: any
	}{
		"a pipe": {func(root string) error {
			return swap(root, "sub/b.md", func(at string) error { return syscall.Mkfifo(at, 0o600) })
		}, base.ErrNotRegular},
		"a device":           {func(root string) error { return swap(root, "sub/b.md", linkTo("/dev/zero")) }, base.ErrNotRegular},
		"a link to a secret": {func(root string) error { return swap(root, "sub/b.md", linkTo(outside+"/sub/b.md")) }, base.ErrNotRegular},
		"a link to a file":   {func(root string) error { return swap(root, "sub/b.md", linkTo("../a.md")) }, base.ErrNotRegular},
		"a folder": {func(root string) error {
			return swap(root, "sub/b.md", func(at string) error { return os.Mkdir(at, 0o700) })
		}, base.ErrNotRegular},
		"nothing": {func(root string) error { return swap(root, "sub/b.md", func(string) error { return nil }) }, os.ErrNotExist},
		"longer": {func(root string) error {
			return os.WriteFile(root+"/sub/b.md", make([]byte, 100), 0o600)
		}, base.ErrReplaced},
		"shorter":          {func(root string) error { return os.WriteFile(root+"/sub/b.md", nil, 0o600) }, base.ErrReplaced},
		"folder as a link": {func(root string) error { return swap(root, "sub", linkTo(filepath.Join(outside, "sub"))) }, nil},
		"folder, relative": {func(root string) error { return swap(root, "sub", linkTo("../"+filepath.Base(outside)+"/sub")) }, nil},
		"folder as a pipe": {func(root string) error {
			return swap(root, "sub", func(at string) error { return syscall.Mkfifo(at, 0o600) })
		}, nil},
		"root as a pipe": {func(root string) error {
			return swap(root, "", func(at string) error { return syscall.Mkfifo(at, 0o600) })
		}, nil},
		"root does not exist": {func(root string) error { return swap(root, "", func(string) error { return nil }) }, os.ErrNotExist},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			root := tree(t, "a.md", "sub/b.md")
			files, err := listFolder(root, folderRules{include: []string{"sub/*"}})
			if err != nil || len(files) != 1 {
				t.Fatal(files, err)
			}
			if hash, err := files[0].hash(); err != nil || hash != hashOf("content of sub/b.md") {
				t.Fatal(hash, err)
			}
			if err := c.swap(root); err != nil {
				t.Fatal(err)
			}
			within(t, func() {
				if hash, err := files[0].hash(); err == nil || c.want != nil && !errors.Is(err, c.want) {
					t.Errorf("%s, %v; want %v", hash, err, c.want)
				}
			})
		})
	}
}

// swap removes what is at a name in a folder and makes something else there.
func swap(root, name string, with func(at string) error) error {
	at := filepath.Join(root, name)
	if err := os.RemoveAll(at); err != nil {
		return err
	}
	return with(at)
}

func linkTo(name string) func(string) error {
	return func(at string) error { return os.Symlink(name, at) }
}

// TestFolderChangesWhileRead: files appear, vanish and become pipes while the folder is listed and hashed again and again. Each time that
// succeeds, the contents are those of files of the folder.
func TestFolderChangesWhileRead(t *testing.T) {
	t.Parallel()
	root := tree(t, "a.md", "sub/b.md", "sub/deep/c.md")
	stop, stopped := make(chan struct{}), make(chan error, 1)
	go func() {
		for i := 0; ; i++ {
			select {
			case <-stop:
				stopped <- nil
				return
			default:
			}
			at := root + "/sub/x.md"
			err := errors.Join(os.RemoveAll(at), os.WriteFile(at, []byte("content of x"), 0o600), os.Remove(at), syscall.Mkfifo(at, 0o600), os.Remove(at),
				os.Symlink("/dev/zero", at), os.Remove(at), os.Mkdir(at, 0o700), os.WriteFile(filepath.Join(at, "y.md"), []byte("content of y"), 0o600))
			if err != nil {
				stopped <- err
				return
			}
		}
	}()
	none := types.ListNull(types.StringType)
	o := types.ObjectValueMust(map[string]attr.Type{"path": types.StringType, "include": none.Type(t.Context()), "exclude": none.Type(t.Context()), "link_prefix": types.StringType},
		map[string]attr.Value{"path": types.StringValue(root), "include": none, "exclude": none, "link_prefix": types.StringNull()})
	known := []string{hashOf("content of a.md"), hashOf("content of sub/b.md"), hashOf("content of sub/deep/c.md"), hashOf("content of x"), hashOf("content of y")}
	read := 0
	within(t, func() {
		for range 300 {
			all, err := filesOf(t.Context(), o)
			if err != nil {
				continue
			}
			read++
			for _, d := range all {
				if !slices.Contains(known, d.hash) {
					t.Errorf("%q has another content", d.key)
				}
			}
		}
	})
	close(stop)
	if err := <-stopped; err != nil {
		t.Error(err)
	}
	if all, err := filesOf(t.Context(), o); err != nil || len(all) < 3 {
		t.Errorf("at rest: %d files, %v; %d of 300 readings succeeded before", len(all), err, read)
	}
}
