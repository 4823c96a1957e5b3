package export

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// folder is where an export goes.
type folder struct{ dir string }

// write puts all files (by slashed path) into the folder, or none: they are written into a folder within it, and moved to their places
// when all are whole. Files that are there are an error without force, and nothing is left of them otherwise. It gives the files of an
// earlier export that are still there.
func (f folder) write(ctx context.Context, files map[string][]byte, force bool) (stale []string, err error) {
	there, err := f.existing(files)
	if err != nil {
		return nil, err
	}
	if len(there) > 0 && !force {
		return nil, fmt.Errorf("these files are in %s already:\n  %s\nChoose another folder, or replace them with -force. Nothing was written", f.dir, strings.Join(there, "\n  "))
	}
	m := &move{dir: f.dir}
	if err := m.all(ctx, files); err != nil {
		return nil, errors.Join(err, m.takeBack())
	}
	return f.stale(files), os.RemoveAll(m.stage)
}

// existing are those of the files that are there.
func (f folder) existing(files map[string][]byte) ([]string, error) {
	switch info, err := os.Stat(f.dir); {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, err
	case !info.IsDir():
		return nil, fmt.Errorf("%s is no folder", f.dir)
	}
	// A link would lead the prompts somewhere else.
	if info, err := os.Lstat(filepath.Join(f.dir, prompts)); err == nil && !info.IsDir() {
		return nil, fmt.Errorf("%s is no folder", filepath.Join(f.dir, prompts))
	}
	var there []string
	for _, name := range slices.Sorted(maps.Keys(files)) {
		switch info, err := os.Lstat(filepath.Join(f.dir, filepath.FromSlash(name))); {
		case errors.Is(err, fs.ErrNotExist):
		case err != nil:
			return nil, err
		case info.IsDir():
			return nil, fmt.Errorf("%s is a folder", filepath.Join(f.dir, filepath.FromSlash(name)))
		default:
			there = append(there, name)
		}
	}
	return there, nil
}

// stale are the files of configuration that an earlier export wrote and this one did not. What cannot be read is somebody else's.
func (f folder) stale(files map[string][]byte) (names []string) {
	entries, _ := os.ReadDir(f.dir) // it has just been written to
	for _, e := range entries {
		if files[e.Name()] != nil || e.IsDir() || filepath.Ext(e.Name()) != ".tf" {
			continue
		}
		content, err := os.ReadFile(filepath.Join(f.dir, e.Name()))
		if err == nil && bytes.HasPrefix(content, []byte(firstLine)) {
			names = append(names, e.Name())
		}
	}
	return names
}
