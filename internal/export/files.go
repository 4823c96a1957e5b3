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

// folder is the target folder of an export.
type folder struct{ dir string }

// write writes all files (by path with slashes) or none: they are written to a temporary folder in it and then moved. Without force,
// existing files with these names are an error; with force they are replaced. write returns the other files of an earlier export.
func (f folder) write(ctx context.Context, files map[string][]byte, force bool) (stale []string, err error) {
	existing, err := f.existing(files)
	if err != nil {
		return nil, err
	}
	if len(existing) > 0 && !force {
		return nil, fmt.Errorf("these files already exist in %s:\n  %s\nUse another folder, or replace them with -force. Nothing was written", f.dir, strings.Join(existing, "\n  "))
	}
	s := &staging{dir: f.dir}
	if err := s.writeAll(ctx, files); err != nil {
		return nil, errors.Join(err, s.rollBack())
	}
	return f.stale(files), os.RemoveAll(s.stage)
}

// existing returns the names of files that already exist.
func (f folder) existing(files map[string][]byte) ([]string, error) {
	switch info, err := os.Stat(f.dir); {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, err
	case !info.IsDir():
		return nil, fmt.Errorf("%s is not a folder", f.dir)
	}
	// With a symbolic link, prompts would be written outside the folder.
	if info, err := os.Lstat(filepath.Join(f.dir, prompts)); err == nil && !info.IsDir() {
		return nil, fmt.Errorf("%s is not a folder", filepath.Join(f.dir, prompts))
	}
	var existing []string
	for _, name := range slices.Sorted(maps.Keys(files)) {
		switch info, err := os.Lstat(filepath.Join(f.dir, filepath.FromSlash(name))); {
		case errors.Is(err, fs.ErrNotExist):
		case err != nil:
			return nil, err
		case info.IsDir():
			return nil, fmt.Errorf("%s is a folder", filepath.Join(f.dir, filepath.FromSlash(name)))
		default:
			existing = append(existing, name)
		}
	}
	return existing, nil
}

// stale returns the configuration files that an earlier export wrote and this one did not. It ignores files that cannot be read.
func (f folder) stale(files map[string][]byte) (names []string) {
	entries, _ := os.ReadDir(f.dir) // the folder exists, it has just been written to
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
