package export

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestRollBack: if a file cannot be moved, the moved files are removed, and the replaced files are restored.
func TestRollBack(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for name, content := range map[string]string{"a.tf": "old", "prompts": "not a folder"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	m := &staging{dir: dir}
	// In this order: one that replaces a file, one that is new, one that cannot be moved.
	err := m.writeAll(t.Context(), map[string][]byte{"a.tf": []byte("new"), "b.tf": []byte("new"), "prompts/a.md": []byte("new")})
	if err == nil || !strings.Contains(err.Error(), "not a folder") {
		t.Fatalf("error %v", err)
	}
	if content, err := os.ReadFile(filepath.Join(dir, "b.tf")); err != nil || string(content) != "new" {
		t.Fatalf("b.tf was not written before the failure: %q, %v", content, err)
	}
	if err := m.rollBack(); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 2 {
		t.Errorf("%v is left (%v)", entries, err)
	}
	if content, err := os.ReadFile(filepath.Join(dir, "a.tf")); err != nil || string(content) != "old" {
		t.Errorf("a.tf is %q (%v)", content, err)
	}
}

// TestInterruptedWhileStaging: folders that were created are removed.
func TestInterruptedWhileStaging(t *testing.T) {
	t.Parallel()
	parent := t.TempDir()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	err := folder{filepath.Join(parent, "a", "b")}.write(ctx, map[string][]byte{"a.tf": nil}, false)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	if entries, err := os.ReadDir(parent); err != nil || len(entries) > 0 {
		t.Errorf("%v is left (%v)", entries, err)
	}
}
