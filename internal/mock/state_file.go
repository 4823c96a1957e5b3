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

	mu     sync.Mutex // held while writing, so that the last written file has the last state
	failed bool
}

// load loads the file, if it exists. A file that cannot be read is an error, because it would be overwritten later.
func (k *stateFile) load() error {
	if k.path == "" {
		return nil
	}
	raw, err := os.ReadFile(k.path)
	if errors.Is(err, fs.ErrNotExist) {
		return k.save() // returns an error at the start if the file cannot be written
	}
	if err != nil {
		return err
	}
	if err := k.hub.Load(raw); err != nil {
		return fmt.Errorf("%s: %w", k.path, err)
	}
	return nil
}

// saveChange saves the state after a change. It prints only the first error. The save at the end returns its error.
func (k *stateFile) saveChange() {
	if err := k.save(); err != nil {
		k.mu.Lock()
		defer k.mu.Unlock()
		if !k.failed {
			subcommand.Say(k.errOut, "Error: the state cannot be saved: %s\n", err)
		}
		k.failed = true
	}
}

// save writes the state of the hub to a temporary file of mode 0600 and renames it, so that the file is always complete.
func (k *stateFile) save() error {
	if k.path == "" {
		return nil
	}
	k.mu.Lock()
	defer k.mu.Unlock()
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
	return nil
}
