package export

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strings"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// folder is the target folder of an export. The folder itself may be a link. Nothing outside of it is read or written.
type folder struct{ dir string }

// open opens the folder. The error is fs.ErrNotExist if there is none.
func (f folder) open() (*os.Root, error) {
	switch info, err := os.Stat(f.dir); {
	case err != nil:
		return nil, f.unable("read", err)
	case !info.IsDir():
		return nil, fmt.Errorf("%s is not a folder", hub.Escape(f.dir))
	}
	root, err := base.OpenFolder(f.dir)
	if err != nil {
		return nil, f.unable("read", err)
	}
	return root, nil
}

// unable returns an error of the file system.
func (f folder) unable(doing string, err error) error {
	return fmt.Errorf("unable to %s the folder %s: %w", doing, hub.Escape(f.dir), base.WithoutPath(err))
}

// write writes all files (by path with slashes) or none: they are written to a temporary folder in it and then moved. Without force,
// existing files with these names are an error; with force they are replaced.
func (f folder) write(ctx context.Context, files map[string][]byte, force bool) error {
	existing, err := f.existing(files)
	if err != nil {
		return err
	}
	if len(existing) > 0 && !force {
		return fmt.Errorf("these files already exist in %s:\n  %s\nUse another folder, or replace them with -force. Nothing was written", hub.Escape(f.dir), strings.Join(existing, "\n  "))
	}
	s := &staging{dir: f.dir}
	if err := s.writeAll(ctx, files); err != nil {
		return f.unable("write to", errors.Join(err, s.rollBack()))
	}
	return s.end()
}

// existing returns the names of files that already exist.
func (f folder) existing(files map[string][]byte) ([]string, error) {
	root, err := f.open()
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, err
	}
	defer func() { _ = root.Close() }()
	// A symbolic link in place of the folder for prompts is not followed.
	if info, err := root.Lstat(prompts); err == nil && !info.IsDir() {
		return nil, fmt.Errorf("%s is not a folder", hub.Escape(path.Join(f.dir, prompts)))
	}
	var existing []string
	for _, name := range slices.Sorted(maps.Keys(files)) {
		switch info, err := root.Lstat(name); {
		case errors.Is(err, fs.ErrNotExist):
		case err != nil:
			return nil, f.unable("read", err)
		case info.IsDir():
			return nil, fmt.Errorf("%s is a folder", hub.Escape(path.Join(f.dir, name)))
		default:
			existing = append(existing, name)
		}
	}
	return existing, nil
}
