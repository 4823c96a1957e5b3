//go:build unix

package base_test

import (
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
)

// places makes a folder with everything that a path can lead to. secret.txt is outside of the folder.
func places(t *testing.T) (dir string) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "in")
	at := func(name string) string { return filepath.Join(dir, name) }
	socket, err := (&net.ListenConfig{}).Listen(t.Context(), "unix", filepath.Join(t.TempDir(), "s"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = socket.Close() })
	for _, err := range []error{
		os.Mkdir(dir, 0o700), os.Mkdir(at("sub"), 0o700),
		os.WriteFile(at("a.txt"), []byte("a"), 0o600), os.WriteFile(at("sub/b.txt"), []byte("b"), 0o600), os.WriteFile(at("../secret.txt"), []byte("secret"), 0o600),
		syscall.Mkfifo(at("pipe"), 0o600), os.Symlink(socket.Addr().String(), at("socket")),
		os.Symlink("a.txt", at("to a.txt")), os.Symlink("pipe", at("to pipe")), os.Symlink("loop", at("loop")), os.Symlink("none", at("to none")),
		os.Symlink("../secret.txt", at("to secret")), os.Symlink("..", at("up")), os.Symlink("/dev/zero", at("to zero")), os.Symlink("sub", at("to sub")),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// TestOpenRegular: only regular files are opened, at once, and in a folder no link leads to another place.
func TestOpenRegular(t *testing.T) {
	t.Parallel()
	dir := places(t)
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = root.Close() })
	const good, notRegular, other = "good", "not regular", "another error"
	for name, want := range map[string][2]string{ // in any place, and in the folder
		"a.txt": {good, good}, "sub/b.txt": {good, good},
		"sub": {notRegular, notRegular}, "pipe": {notRegular, notRegular}, "socket": {notRegular, notRegular},
		"to a.txt": {good, notRegular}, "to pipe": {notRegular, notRegular}, "to zero": {notRegular, notRegular}, "to secret": {good, notRegular},
		"loop": {other, notRegular}, "to none": {other, notRegular}, "none": {other, other}, "a.txt/x": {other, other},
		"up/secret.txt": {good, other}, "../secret.txt": {good, other}, strings.Repeat("n", 300): {other, other}, "\x00": {other, other}, "": {other, other},
	} {
		for i, open := range []func() (*os.File, fs.FileInfo, error){
			func() (*os.File, fs.FileInfo, error) {
				if name == "" {
					return base.OpenRegular("")
				}
				return base.OpenRegular(dir + "/" + name)
			},
			func() (*os.File, fs.FileInfo, error) { return base.OpenRegularIn(root, name) },
		} {
			acctest.Within(t, func() {
				f, info, err := open()
				got := other
				switch {
				case err == nil && info.Mode().IsRegular() && info.Size() > 0:
					got = good
				case errors.Is(err, base.ErrNotRegular):
					got = notRegular
				}
				if f != nil {
					_ = f.Close()
				}
				if got != want[i] || (f == nil) != (err != nil) {
					t.Errorf("%q (%d): %v, want %s", name, i, err, want[i])
				}
			})
		}
	}
}

// TestOpenRegularDevices: devices, and what stands for the descriptors of the process.
func TestOpenRegularDevices(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"/dev/zero", "/dev/null", "/dev/random", "/dev/tty", "/dev/full", "/proc", "/"} {
		acctest.Within(t, func() {
			if f, _, err := base.OpenRegular(name); err == nil || f != nil {
				t.Errorf("%s was opened", name)
			}
		})
	}
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range []*os.File{r, w} {
		t.Cleanup(func() { _ = p.Close() })
		acctest.Within(t, func() {
			if f, _, err := base.OpenRegular(fmt.Sprintf("/dev/fd/%d", p.Fd())); err == nil || f != nil {
				t.Error("a pipe of the process was opened")
			}
		})
	}
}

// TestOpenRegularSwapped: while a name becomes a pipe, a folder, a link and a file again and again, only the file is opened.
func TestOpenRegularSwapped(t *testing.T) {
	t.Parallel()
	dir := places(t)
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = root.Close() })
	file, err := os.Stat(filepath.Join(dir, "a.txt"))
	if err != nil {
		t.Fatal(err)
	}
	name, next := filepath.Join(dir, "x"), filepath.Join(dir, "next")
	place := []func() error{
		func() error { return os.Link(filepath.Join(dir, "a.txt"), next) },
		func() error { return syscall.Mkfifo(next, 0o600) },
		func() error { return os.Symlink("../secret.txt", next) },
		func() error { return os.Symlink("sub/b.txt", next) },
		func() error { return os.Symlink("/dev/zero", next) },
	}
	stop, stopped := make(chan struct{}), make(chan error, 1)
	go func() {
		for i := 0; ; i++ {
			select {
			case <-stop:
				stopped <- nil
				return
			default:
			}
			_ = os.Remove(next) // the rename of a link to the same file does nothing
			if err := errors.Join(place[i%len(place)](), os.Rename(next, name)); err != nil {
				stopped <- err
				return
			}
		}
	}()
	acctest.Within(t, func() {
		for range 3000 {
			f, info, err := base.OpenRegularIn(root, "x")
			if err != nil {
				continue
			}
			if !os.SameFile(info, file) {
				t.Error("another file was opened")
			}
			_ = f.Close()
			f, info, err = base.OpenRegular(name)
			if err != nil {
				continue
			}
			if !info.Mode().IsRegular() {
				t.Error("what is not regular was opened")
			}
			_ = f.Close()
		}
	})
	close(stop)
	if err := <-stopped; err != nil {
		t.Error(err)
	}
}
