package base

import (
	"crypto/sha256"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// ErrNotRegular is the error for a folder, a device, a pipe or a socket, and inside a folder for a link.
var ErrNotRegular = errors.New("not a regular file")

// ErrReplaced is the error for a file that was replaced while it was opened or read.
var ErrReplaced = errors.New("it was replaced or changed while it was read. Make sure that nothing changes it while Terraform runs")

// OpenRegular opens a regular file for reading. It follows links. It never waits, as opening a pipe would. With ErrNotRegular it returns what
// there is instead.
func OpenRegular(name string) (*os.File, fs.FileInfo, error) {
	return openRegular(name, os.Stat, os.OpenFile)
}

// OpenFolder opens a folder, through which nothing outside of it is reached. The folder itself may be a link. A pipe is an error at once: the
// separator at the end says that a folder is meant.
func OpenFolder(name string) (*os.Root, error) { return os.OpenRoot(name + string(filepath.Separator)) }

// OpenRegularIn is like OpenRegular for a file in a folder. A link is not a regular file, and no link on the way leads out of the folder.
func OpenRegularIn(folder *os.Root, name string) (*os.File, fs.FileInfo, error) {
	return openRegular(name, folder.Lstat, folder.OpenFile)
}

// openRegular looks before it opens, because to open a device can have effects, and looks at what it has opened, because that can be another
// file by then.
func openRegular(name string, stat func(string) (fs.FileInfo, error), open func(string, int, fs.FileMode) (*os.File, error)) (*os.File, fs.FileInfo, error) {
	seen, err := stat(name)
	switch {
	case err != nil:
		return nil, nil, err
	case !seen.Mode().IsRegular():
		return nil, seen, ErrNotRegular
	}
	f, err := open(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, nil, err
	}
	info, err := f.Stat()
	switch {
	case err != nil:
	case !info.Mode().IsRegular():
		err = ErrNotRegular
	case !os.SameFile(seen, info):
		err = ErrReplaced
	}
	if err != nil {
		return nil, info, errors.Join(err, f.Close())
	}
	return f, info, nil
}

// Hash returns the SHA-256 of a content of a known size. Memory does not grow with the content, and no more than one byte beyond the size is
// read: files in /proc have contents of other sizes than they say.
func Hash(content io.ReaderAt, size int64) (sum [sha256.Size]byte, err error) {
	h := sha256.New()
	n, err := io.Copy(h, io.NewSectionReader(content, 0, size+1))
	if err == nil && n != size {
		err = ErrReplaced
	}
	h.Sum(sum[:0])
	return sum, err
}
