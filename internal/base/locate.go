package base

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// Locate returns the path under which a file exists. Terraform hands over paths in Unicode's form NFC, but a file system can have a name in
// the form NFD, and is exact about it on Linux. If nothing has the path as it is written, each of its elements is compared in the form NFC.
// If nothing has it in any form, the path is returned as it is written.
func Locate(path string) string {
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) || isASCII(path) {
		return path
	}
	dir, name := filepath.Split(filepath.Clean(path))
	if dir != "" {
		dir = Locate(filepath.Clean(dir))
	}
	entries, _ := os.ReadDir(filepath.Join(dir, ".")) // a folder that cannot be read has no other form of the name
	for _, e := range entries {
		if hub.SameName(e.Name(), name) {
			return filepath.Join(dir, e.Name())
		}
	}
	return path
}

// WithoutPath returns an error of the operating system without the path, which messages already contain.
func WithoutPath(err error) error {
	if p, ok := errors.AsType[*fs.PathError](err); ok {
		return p.Err
	}
	return err
}

// isASCII reports whether a text has only one form.
func isASCII(text string) bool {
	for _, r := range text {
		if r >= 0x80 {
			return false
		}
	}
	return true
}
