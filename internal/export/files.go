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
	"regexp"
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

// resources returns the addresses of sources and knowledge bases in the files of an earlier export, and those that it had removed from the
// state. It ignores files that cannot be read.
func (f folder) resources() map[string]bool {
	found := map[string]bool{}
	for _, content := range f.earlier() {
		for _, parts := range earlierResource.FindAllSubmatch(content, -1) {
			found[string(parts[1])+string(parts[3])+"."+string(parts[2])+string(parts[4])] = true
		}
	}
	return found
}

// earlierResource matches the first line of a block of a source or a knowledge base, and the address in a removed block.
var earlierResource = regexp.MustCompile(`(?m)^resource "(aichatbothub_source|aichatbothub_knowledge_base)" "(\w+)" \{$|^ +from = (aichatbothub_source|aichatbothub_knowledge_base)\.(\w+)$`)

// earlier returns the configuration files of an earlier export by name. It ignores files that cannot be read.
func (f folder) earlier() map[string][]byte {
	files := map[string][]byte{}
	entries, _ := os.ReadDir(f.dir)
	for _, e := range entries {
		if e.IsDir() || filepath.Ext(e.Name()) != ".tf" {
			continue
		}
		content, err := os.ReadFile(filepath.Join(f.dir, e.Name()))
		if err == nil && bytes.HasPrefix(content, []byte(firstLine)) {
			files[e.Name()] = content
		}
	}
	return files
}

// stale returns the configuration files that an earlier export wrote and this one did not.
func (f folder) stale(files map[string][]byte) (names []string) {
	for name := range f.earlier() {
		if files[name] == nil {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}
