package export

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
)

// prompts is the folder of long prompts.
const prompts = "prompts"

// staging writes files to a temporary folder, moves them to the target folder, and can undo both.
type staging struct {
	dir, stage string
	undo       []func() error // called in reverse order
}

// writeAll writes and moves the files. The temporary folder is in the target folder, on the same file system, so that moving a file is a
// rename. Terraform ignores the folder.
func (m *staging) writeAll(ctx context.Context, files map[string][]byte) error {
	if err := m.makeDir(m.dir); err != nil {
		return err
	}
	stage, err := os.MkdirTemp(m.dir, ".export-")
	if err != nil {
		return err
	}
	m.stage = stage
	m.undo = append(m.undo, func() error { return os.RemoveAll(stage) })
	for name, content := range files {
		if err := context.Cause(ctx); err != nil {
			return err
		}
		if err := writeFile(m.staged("new", name), content); err != nil {
			return err
		}
	}
	for _, name := range slices.Sorted(maps.Keys(files)) { // not interrupted by ctx
		if err := m.place(name); err != nil {
			return err
		}
	}
	return nil
}

// staged is the path of a file in the temporary folder. kind is "new" for a file to be moved to the target folder, and "old" for a file
// that it replaces.
func (m *staging) staged(kind, name string) string {
	return filepath.Join(m.stage, kind, filepath.FromSlash(name))
}

func writeFile(path string, content []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return err
	}
	return os.WriteFile(path, content, 0o600)
}

// place moves one file to the target folder. An existing file is moved to the temporary folder.
func (m *staging) place(name string) error {
	path, old := filepath.Join(m.dir, filepath.FromSlash(name)), m.staged("old", name)
	if err := m.makeDir(filepath.Dir(path)); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(old), 0o750); err != nil {
		return err
	}
	switch err := os.Rename(path, old); {
	case err == nil:
		m.undo = append(m.undo, func() error { return os.Rename(old, path) })
	case !errors.Is(err, fs.ErrNotExist):
		return err
	}
	if err := os.Rename(m.staged("new", name), path); err != nil {
		return err
	}
	m.undo = append(m.undo, func() error { return os.Remove(path) })
	return nil
}

// makeDir creates a folder and its parents.
func (m *staging) makeDir(dir string) error {
	info, err := os.Stat(dir)
	switch {
	case err == nil && info.IsDir():
		return nil
	case err == nil:
		return &fs.PathError{Op: "mkdir", Path: dir, Err: errors.New("not a folder")}
	case !errors.Is(err, fs.ErrNotExist):
		return err
	}
	if err := m.makeDir(filepath.Dir(dir)); err != nil {
		return err
	}
	if err := os.Mkdir(dir, 0o750); err != nil {
		return err
	}
	m.undo = append(m.undo, func() error { return os.Remove(dir) })
	return nil
}

// rollBack undoes all changes.
func (m *staging) rollBack() error {
	var errs []error
	for _, undo := range slices.Backward(m.undo) {
		errs = append(errs, undo())
	}
	return errors.Join(errs...)
}
