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

// move brings files to their places and remembers how to take that back.
type move struct {
	dir, stage string
	undo       []func() error // the last one first
}

// all does it. The stage is within the folder, so that moving is renaming, on one file system; Terraform does not look into it.
func (m *move) all(ctx context.Context, files map[string][]byte) error {
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
		if err := put(m.staged("new", name), content); err != nil {
			return err
		}
	}
	for _, name := range slices.Sorted(maps.Keys(files)) { // from here on it is too late for an interruption
		if err := m.place(name); err != nil {
			return err
		}
	}
	return nil
}

// staged is where a file is before it is moved to its place, or, of the kind "old", after it had to make room.
func (m *move) staged(kind, name string) string {
	return filepath.Join(m.stage, kind, filepath.FromSlash(name))
}

func put(path string, content []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return err
	}
	return os.WriteFile(path, content, 0o600)
}

// place moves one file to its place, and what was there out of the way.
func (m *move) place(name string) error {
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

// makeDir makes a folder with those above it.
func (m *move) makeDir(dir string) error {
	info, err := os.Stat(dir)
	switch {
	case err == nil && info.IsDir():
		return nil
	case err == nil:
		return &fs.PathError{Op: "mkdir", Path: dir, Err: errors.New("it is no folder")}
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

// takeBack undoes everything, so that the disk is as it was.
func (m *move) takeBack() error {
	var errs []error
	for _, undo := range slices.Backward(m.undo) {
		errs = append(errs, undo())
	}
	return errors.Join(errs...)
}
