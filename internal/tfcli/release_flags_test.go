package tfcli

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestReleaseFlags: the flags are those of the release, and a file without exactly one build is an error.
func TestReleaseFlags(t *testing.T) {
	t.Parallel()
	flags, err := ReleaseFlags("../..")
	if err != nil || !slices.Contains(flags, "-trimpath") || !slices.Contains(flags, "-tags=grpcnotrace") || slices.ContainsFunc(flags, func(f string) bool { return strings.Contains(f, "-s ") }) {
		t.Errorf("the flags are %q: %v", flags, err)
	}
	for _, text := range []string{"builds: []", "builds: [{flags: [-a]}, {flags: [-b]}]", "builds: x"} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, ".goreleaser.yml"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if flags, err := ReleaseFlags(dir); err == nil {
			t.Errorf("%s: no error, and the flags %q", text, flags)
		}
	}
	if _, err := ReleaseFlags(t.TempDir()); err == nil {
		t.Error("no error without the file")
	}
}
