//go:build unix

package export_test

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"unicode/utf8"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/subcommand"
)

// TestOtherFilesOfTheFolder: what is no regular file is not opened, and of a regular file that no export wrote only the beginning is read, however
// long its first line is.
func TestOtherFilesOfTheFolder(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t)
	e.AddChatbot(mockhub.Chatbot{Name: "Support"})
	dir := newDir(t)
	at := func(name string) string { return filepath.Join(dir, name) }
	secret := filepath.Join(t.TempDir(), "secret.tf")
	const ours = "# Written by terraform-provider-aichatbothub export.\n"
	for _, err := range []error{
		os.Mkdir(dir, 0o700), syscall.Mkfifo(at("pipe.tf"), 0o600), os.Symlink("/dev/zero", at("zero.tf")), os.Symlink("pipe.tf", at("to_pipe.tf")),
		os.Symlink("loop.tf", at("loop.tf")), os.Symlink("none", at("none.tf")), os.Mkdir(at("folder.tf"), 0o700), os.WriteFile(at("\xff\n.tf"), []byte(ours), 0o600),
		os.WriteFile(secret, []byte(ours), 0o600), os.Symlink(secret, at("secret.tf")), os.WriteFile(at("huge.tf"), []byte("x"), 0o600), os.Truncate(at("huge.tf"), 64<<30),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	acctest.Within(t, func() {
		r := run(t, e, "-dir", dir)
		if r.code != 0 || !strings.Contains(r.stderr, `.tf`) || strings.Contains(r.stderr, "secret.tf") || !utf8.ValidString(r.stderr) {
			t.Errorf("exit code %d\n%q", r.code, r.stderr)
		}
	})
	if info, err := os.Lstat(at("pipe.tf")); err != nil || info.Mode()&fs.ModeNamedPipe == 0 {
		t.Errorf("the pipe is %v, %v", info, err)
	}
}

// TestHostileTargets: a folder that cannot be written to, or from which a link leads out, is an error, and nothing changes.
func TestHostileTargets(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		make func(parent string) error
		dir  string
		want string
	}{
		"a pipe":            {func(parent string) error { return syscall.Mkfifo(parent+"/x", 0o600) }, "x", "is not a folder"},
		"below a pipe":      {func(parent string) error { return syscall.Mkfifo(parent+"/x", 0o600) }, "x/bots", "not a directory"},
		"a file":            {func(parent string) error { return os.WriteFile(parent+"/x", nil, 0o600) }, "x", "is not a folder"},
		"a link to nothing": {func(parent string) error { return os.Symlink("none", parent+"/x") }, "x", "file exists"},
		"a link to itself":  {func(parent string) error { return os.Symlink("x", parent+"/x") }, "x", "too many"},
		"300 bytes":         {func(string) error { return nil }, strings.Repeat("n", 300), "file name too long"},
		"NUL":               {func(string) error { return nil }, "a\x00b", "invalid argument"},
		"a device":          {func(parent string) error { return os.Symlink("/dev/null", parent+"/x") }, "x", "is not a folder"},
		"no way to write":   {func(parent string) error { return os.Symlink("/proc/self/fdinfo", parent+"/x") }, "x", ""},
		"prompts is a link": {func(parent string) error {
			return errors.Join(os.Mkdir(parent+"/x", 0o700), os.Mkdir(parent+"/other", 0o700), os.Symlink("../other", parent+"/x/prompts"))
		}, "x", "prompts is not a folder"},
		"prompts is a link within": {func(parent string) error {
			return errors.Join(os.MkdirAll(parent+"/x/other", 0o700), os.Symlink("other", parent+"/x/prompts"))
		}, "x", "prompts is not a folder"},
		"prompts is a pipe": {func(parent string) error {
			return errors.Join(os.Mkdir(parent+"/x", 0o700), syscall.Mkfifo(parent+"/x/prompts", 0o600))
		}, "x", "prompts is not a folder"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t)
			bigAccount(e, 3, accountSize{chatbots: 1, agents: 3})
			parent := t.TempDir()
			if err := c.make(parent); err != nil {
				t.Fatal(err)
			}
			before := entries(t, parent)
			acctest.Within(t, func() {
				r := run(t, e, "-dir", parent+"/"+c.dir, "-force")
				if r.code != 1 || !strings.Contains(r.stderr, c.want) || strings.ContainsAny(r.stderr, "\x00") {
					t.Errorf("exit code %d\n%q, want %q", r.code, r.stderr, c.want)
				}
			})
			if after := entries(t, parent); after != before {
				t.Errorf("there was\n%s\nnow there is\n%s", before, after)
			}
		})
	}
}

// TestLinksAreReplaced: with -force, a link in place of a file is replaced, and what it leads to stays. The folder itself may be a link. Only the
// user can read the files.
func TestLinksAreReplaced(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t)
	bigAccount(e, 3, accountSize{chatbots: 1, agents: 6})
	parent, dir := t.TempDir(), newDir(t)
	run(t, e, "-dir", dir).good(t)
	names := tree(t, dir)
	target := parent + "/real"
	for _, err := range []error{os.MkdirAll(target+"/prompts", 0o700), os.Symlink("real", parent+"/link")} {
		if err != nil {
			t.Fatal(err)
		}
	}
	i := 0
	for name := range names { // each is a link to a file outside, to a pipe, or to nothing
		at := filepath.Join(target, filepath.FromSlash(name))
		precious, pipe := filepath.Join(parent, strings.ReplaceAll(name, "/", "-")), filepath.Join(parent, "pipe")
		_ = syscall.Mkfifo(pipe, 0o600)
		err := errors.Join(os.WriteFile(precious, []byte("precious"), 0o600), os.Symlink([]string{precious, pipe, "none"}[i%3], at))
		if i++; err != nil {
			t.Fatal(err)
		}
	}
	acctest.Within(t, func() { run(t, e, "-dir", parent+"/link", "-force").good(t) })
	if !maps.Equal(tree(t, target), names) {
		t.Errorf("the files are %v, want %v", tree(t, target), names)
	}
	prompts := 0
	err := filepath.WalkDir(parent, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		switch below := strings.HasPrefix(path, target+"/"); {
		case err != nil:
			return err
		case below && !d.IsDir() && info.Mode() != 0o600:
			t.Errorf("%s has the mode %v", path, info.Mode())
		case !below && info.Mode().IsRegular():
			if content, err := os.ReadFile(path); err != nil || string(content) != "precious" {
				t.Errorf("%s has another content, %v", path, err)
			}
		}
		if strings.HasPrefix(path, target+"/prompts/") {
			prompts++
		}
		return nil
	})
	if err != nil || prompts == 0 {
		t.Errorf("%d prompts, %v", prompts, err)
	}
}

// TestSwappedTarget: while the account is read, the folder becomes a link to another one, or its folder for prompts does. Nothing is written there.
func TestSwappedTarget(t *testing.T) {
	t.Parallel()
	for name, link := range map[string]string{"prompts": "bots/prompts", "a file": "bots/terraform.tf"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t)
			bigAccount(e, 3, accountSize{chatbots: 1, agents: 6})
			parent := t.TempDir()
			for _, err := range []error{os.Mkdir(parent+"/bots", 0o700), os.Mkdir(parent+"/other", 0o700), os.WriteFile(parent+"/other/x.md", []byte("precious"), 0o600)} {
				if err != nil {
					t.Fatal(err)
				}
			}
			e.Inject(mockhub.Fault{Route: listAgents, Mutate: func(answer []byte) []byte {
				if err := os.Symlink("../other", parent+"/"+link); err != nil {
					t.Error(err)
				}
				return answer
			}})
			r := runAs(t, e, func(*subcommand.Command) {}, "-dir", parent+"/bots")
			if r.code != 1 {
				t.Errorf("exit code %d, %s", r.code, r.stderr)
			}
			if !maps.Equal(tree(t, parent+"/other"), map[string]string{"x.md": "precious"}) {
				t.Errorf("the other folder has %v", tree(t, parent+"/other"))
			}
		})
	}
}
