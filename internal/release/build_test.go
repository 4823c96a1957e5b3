package release

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/tfcli"
)

// maxBinary is the largest size of the release binary, in bytes (goals.md P6).
const maxBinary = 25_000_000

// build builds the release binary from the sources in dir, with the flags of
// .goreleaser.yml, and returns its content.
func build(t *testing.T, dir, goos, goarch string, environment ...string) []byte {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "terraform-provider-aichatbothub_v0.0.1")
	flags, err := tfcli.ReleaseFlags(root)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), "go", slices.Concat([]string{"build", "-buildvcs=false", "-ldflags=-s -w -X main.version=0.0.1"}, flags, []string{"-o", binary, "."})...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS="+goos, "GOARCH="+goarch)
	cmd.Env = append(cmd.Env, environment...)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%s/%s: %v\n%s", goos, goarch, err, out)
	}
	content, err := os.ReadFile(binary)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// TestCrossBuild builds for one other system and processor. The workflows build
// for the rest.
func TestCrossBuild(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("builds the provider")
	}
	if binary := build(t, root, "windows", "arm64"); !bytes.HasPrefix(binary, []byte("MZ")) {
		t.Error("the result is not a Windows program")
	}
}

// TestReproducibleBuild builds the provider in two different folders, and
// expects the same bytes. With RELEASE_CHECK=1 the second build has an empty
// build cache, which takes minutes.
func TestReproducibleBuild(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("builds the provider twice")
	}
	moved := t.TempDir()
	copySources(t, moved)
	var fresh []string
	if os.Getenv("RELEASE_CHECK") != "" {
		fresh = append(fresh, "GOCACHE="+t.TempDir())
	}
	here, there := build(t, root, "linux", "amd64"), build(t, moved, "linux", "amd64", fresh...)
	if !bytes.Equal(here, there) {
		t.Error("two builds of the same sources differ")
	}
	if bytes.Contains(there, []byte(filepath.Dir(moved))) {
		t.Error("the binary contains a path of the machine that built it")
	}
	if len(here) > maxBinary {
		t.Errorf("the binary has %d bytes, more than %d", len(here), maxBinary)
	}
}

// copySources copies the sources of the provider.
func copySources(t *testing.T, target string) {
	t.Helper()
	for _, name := range []string{"go.mod", "go.sum", "main.go"} {
		if err := os.WriteFile(filepath.Join(target, name), []byte(read(t, name)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.CopyFS(filepath.Join(target, "internal"), os.DirFS(filepath.Join(root, "internal"))); err != nil {
		t.Fatal(err)
	}
}
