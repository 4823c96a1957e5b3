package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// write writes a file of the configuration and prints it.
func (d *demo) write(name string, lines ...string) error {
	if err := os.WriteFile(filepath.Join(d.work, name), []byte(strings.Join(lines, "\n")+"\n"), 0o600); err != nil {
		return err
	}
	return d.cat(name)
}

// cat prints a file of the configuration.
func (d *demo) cat(name string) error {
	raw, err := os.ReadFile(filepath.Join(d.work, name))
	if err != nil {
		return err
	}
	d.shell("$ cat " + name)
	d.quote(strings.Split(strings.TrimSpace(string(raw)), "\n")...)
	d.gap()
	return nil
}

// edit replaces a text in a file of the configuration and prints both.
func (d *demo) edit(name, before, after string) error {
	path := filepath.Join(d.work, name)
	raw, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	text := strings.Replace(string(raw), before, after, 1)
	if text == string(raw) {
		return fmt.Errorf("%s does not have the text %q", name, before)
	}
	d.quote("- "+strings.TrimSpace(before), "+ "+strings.TrimSpace(after))
	d.gap()
	return os.WriteFile(path, []byte(text), 0o600)
}
