package export

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// earlier is what earlier exports have written to a folder.
type earlier struct {
	files []string // the names of the configuration files, in order
	// resources are the addresses of sources and knowledge bases, and of those that were removed from the state.
	resources map[string]bool
}

// earlierResource matches the first line of a block of a source or a knowledge base, and the address in a removed block.
var earlierResource = regexp.MustCompile(`^resource "(aichatbothub_source|aichatbothub_knowledge_base)" "(\w+)" \{$|^ +from = (aichatbothub_source|aichatbothub_knowledge_base)\.(\w+)$`)

// earlier reads the configuration files of earlier exports. Of other files it reads the beginning of the first line, and of what is no regular
// file nothing.
func (f folder) earlier() (earlier, error) {
	found := earlier{resources: map[string]bool{}}
	root, err := f.open()
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return found, nil
	case err != nil:
		return found, err
	}
	defer func() { _ = root.Close() }()
	entries, err := fs.ReadDir(root.FS(), ".")
	if err != nil {
		return found, f.unable("read", err)
	}
	for _, e := range entries {
		if filepath.Ext(e.Name()) != ".tf" {
			continue
		}
		if err := found.read(root, e.Name()); err != nil {
			return found, fmt.Errorf("unable to read %s in the folder %s, which Terraform would read, too: %w", hub.Escape(e.Name()), hub.Escape(f.dir), base.WithoutPath(err))
		}
	}
	return found, nil
}

// read reads one configuration file. Lines of the blocks that matter are short, so memory does not grow with the file.
func (found *earlier) read(root *os.Root, name string) error {
	file, _, err := base.OpenRegularIn(root, name)
	switch {
	case errors.Is(err, base.ErrNotRegular), errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	}
	defer func() { _ = file.Close() }()
	lines := bufio.NewReader(file)
	if start, _ := lines.Peek(len(firstLine)); string(start) != firstLine {
		return nil
	}
	found.files = append(found.files, name)
	for within := false; ; {
		line, more, err := lines.ReadLine()
		switch {
		case err == io.EOF:
			return nil
		case err != nil:
			return err
		}
		if parts := earlierResource.FindSubmatch(line); parts != nil && !within && !more {
			found.resources[string(parts[1])+string(parts[3])+"."+string(parts[2])+string(parts[4])] = true
		}
		within = more
	}
}

// stale returns the configuration files that an earlier export wrote and this one does not.
func (found earlier) stale(files map[string][]byte) (names []string) {
	for _, name := range found.files {
		if files[name] == nil {
			names = append(names, name)
		}
	}
	return names
}

// escaped returns names as lines of a message.
func escaped(names []string) string {
	var lines []string
	for _, name := range names {
		lines = append(lines, hub.Escape(name))
	}
	return strings.Join(lines, "\n  ")
}
