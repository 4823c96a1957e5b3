package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// keeper keeps a hub's state in a file. An empty path keeps nothing.
type keeper struct {
	path string
	hub  *mockhub.Hub

	mu     sync.Mutex // one writer at a time, so that the last file written holds the last state
	failed bool
}

// load reads the file into the hub. A file that is not there yet is no error; one that cannot be read is, because going on
// would overwrite it.
func (k *keeper) load() error {
	if k.path == "" {
		return nil
	}
	raw, err := os.ReadFile(k.path)
	if errors.Is(err, fs.ErrNotExist) {
		return k.save() // tells now, not at the first write, if the file cannot be written
	}
	if err != nil {
		return err
	}
	if err := k.hub.Load(raw); err != nil {
		return fmt.Errorf("%s: %w", k.path, err)
	}
	return nil
}

// keep saves after a change. A failure is told once here; the save at the end returns it.
func (k *keeper) keep() {
	if err := k.save(); err != nil {
		k.mu.Lock()
		defer k.mu.Unlock()
		if !k.failed {
			fmt.Fprintln(os.Stderr, "mockhub: the state is not kept:", err)
		}
		k.failed = true
	}
}

// save writes the hub's state: to a new file of mode 0600 first, which then takes the old one's place, so that the file is
// whole at any moment.
func (k *keeper) save() error {
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
