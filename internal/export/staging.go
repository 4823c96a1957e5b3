package export

import (
	"context"
	"crypto/rand"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
)

// prompts is the folder of long prompts.
const prompts = "prompts"

// staging writes files to a temporary folder, moves them to the target folder, and can undo both. Only the user may read the files, because they
// have prompts.
type staging struct {
	dir   string
	root  *os.Root       // the target folder; all other paths are below it, with slashes
	stage string         // the temporary folder
	undo  []func() error // called in reverse order
}

// writeAll writes and moves the files. The temporary folder is in the target folder, on the same file system, so that moving a file is a
// rename. Terraform ignores the folder.
func (m *staging) writeAll(ctx context.Context, files map[string][]byte) (err error) {
	if err := m.makeTarget(m.dir); err != nil {
		return err
	}
	if m.root, err = base.OpenFolder(m.dir); err != nil {
		return err
	}
	m.undo = append(m.undo, m.root.Close)
	m.stage = ".export-" + rand.Text()
	if err := m.root.Mkdir(m.stage, 0o700); err != nil {
		return err
	}
	m.undo = append(m.undo, func() error { return m.root.RemoveAll(m.stage) })
	for name, content := range files {
		if err := context.Cause(ctx); err != nil {
			return err
		}
		if err := m.writeFile(m.staged("new", name), content); err != nil {
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
func (m *staging) staged(kind, name string) string { return path.Join(m.stage, kind, name) }

// writeFile writes a new file.
func (m *staging) writeFile(name string, content []byte) error {
	if err := m.root.MkdirAll(path.Dir(name), 0o700); err != nil {
		return err
	}
	f, err := m.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	return errors.Join(err, f.Close())
}

// place moves one file to the target folder. What has its name there is moved to the temporary folder: a link itself, not what it leads to.
func (m *staging) place(name string) error {
	old := m.staged("old", name)
	if err := m.makeDir(path.Dir(name)); err != nil {
		return err
	}
	if err := m.root.MkdirAll(path.Dir(old), 0o700); err != nil {
		return err
	}
	switch err := m.root.Rename(name, old); {
	case err == nil:
		m.undo = append(m.undo, func() error { return m.root.Rename(old, name) })
	case !errors.Is(err, fs.ErrNotExist):
		return err
	}
	if err := m.root.Rename(m.staged("new", name), name); err != nil {
		return err
	}
	m.undo = append(m.undo, func() error { return m.root.Remove(name) })
	return nil
}

// makeTarget creates the target folder and its parents.
func (m *staging) makeTarget(dir string) error {
	return m.make(dir, filepath.Dir, os.Stat, os.Mkdir, os.Remove)
}

// makeDir creates a folder in the target folder. A link is not a folder.
func (m *staging) makeDir(name string) error {
	return m.make(name, path.Dir, m.root.Lstat, m.root.Mkdir, m.root.Remove)
}

// make creates a folder and its parents with the functions of os, or of the target folder.
func (m *staging) make(dir string, parent func(string) string, stat func(string) (fs.FileInfo, error), mkdir func(string, fs.FileMode) error, remove func(string) error) error {
	info, err := stat(dir)
	switch {
	case err == nil && info.IsDir():
		return nil
	case err == nil:
		return &fs.PathError{Op: "mkdir", Path: dir, Err: errors.New("not a folder")}
	case !errors.Is(err, fs.ErrNotExist):
		return err
	}
	if err := m.make(parent(dir), parent, stat, mkdir, remove); err != nil {
		return err
	}
	if err := mkdir(dir, 0o750); err != nil {
		return err
	}
	m.undo = append(m.undo, func() error { return remove(dir) })
	return nil
}

// end removes the temporary folder after all files were moved.
func (m *staging) end() error { return errors.Join(m.root.RemoveAll(m.stage), m.root.Close()) }

// rollBack undoes all changes.
func (m *staging) rollBack() error {
	var errs []error
	for _, undo := range slices.Backward(m.undo) {
		errs = append(errs, undo())
	}
	return errors.Join(errs...)
}
