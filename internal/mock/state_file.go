package mock

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/subcommand"
)

// stateFile saves the state of a hub to a file. With an empty path it does nothing.
type stateFile struct {
	path   string
	hub    *mockhub.Hub
	errOut io.Writer // for a failure to save after a change

	mu     sync.Mutex  // held while writing, so that the last written file has the last state
	last   os.FileInfo // of the file that was loaded or written last, or nil
	failed bool
}

// load loads the file, if it exists and is not empty, as one of mktemp is. A file that cannot be read is an error, because it would be
// overwritten later.
func (k *stateFile) load() error {
	if k.path == "" {
		return nil
	}
	k.last, _ = os.Stat(k.path) // without it the file cannot be read
	raw, err := os.ReadFile(k.path)
	switch {
	case errors.Is(err, fs.ErrNotExist), err == nil && len(raw) == 0 && k.last != nil && k.last.Mode().IsRegular():
		return k.save() // returns an error at the start if the file cannot be written
	case err != nil:
		return fmt.Errorf("the state cannot be loaded: %w", err)
	}
	if err := k.hub.Load(raw); err != nil {
		return fmt.Errorf("%s has no state of this version of the mock: %w. Name another file with -state, or remove this one", k.path, err)
	}
	return nil
}

// saveChange saves the state after a change. It prints only the first error. The save at the end returns its error.
func (k *stateFile) saveChange() {
	if err := k.save(); err != nil {
		k.mu.Lock()
		defer k.mu.Unlock()
		if !k.failed {
			subcommand.Say(k.errOut, "Error: %s.\n", err)
		}
		k.failed = true
	}
}

// save saves the state of the hub, unless another program has written the file: that has other objects, which would be lost.
func (k *stateFile) save() error {
	if k.path == "" {
		return nil
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if info, err := os.Stat(k.path); err == nil && (k.last == nil || !os.SameFile(info, k.last) || !info.ModTime().Equal(k.last.ModTime())) {
		return fmt.Errorf("the state is not saved any more: another program has written %s, such as a second mock. Give each its own file with -state", k.path)
	}
	if err := k.write(); err != nil {
		return fmt.Errorf("the state cannot be saved: %w", err)
	}
	return nil
}

// write writes the state to a temporary file of mode 0600 and renames it, so that the file is always complete.
func (k *stateFile) write() error {
	raw, err := k.hub.Save()
	if err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(k.path), filepath.Base(k.path)+".*.tmp") // CreateTemp makes files of mode 0600
	if err != nil {
		return err
	}
	_, err = f.Write(raw)
	if err == nil {
		err = f.Sync()
	}
	err = errors.Join(err, f.Close())
	if err == nil {
		err = os.Rename(f.Name(), k.path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	k.last, err = os.Stat(k.path) // not before the rename, because Windows finds the file by its name when it is compared
	return err
}
