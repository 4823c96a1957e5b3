package knowledgebase

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// maxEntries limits the files and folders that a walk visits, so that a path such as "/" ends soon.
const maxEntries = 200_000

// maxNamed is how many names an error lists.
const maxNamed = 10

// folderFile is a file of the folder that belongs to the knowledge base.
type folderFile struct {
	key  string // the path below the folder, with slashes, in Unicode's form NFC
	root string // the folder
	path string // the path below the folder as the file system has it, with slashes
	size int64
}

// open opens the file. No link is followed, and a file of another size has changed.
func (f folderFile) open() (*os.File, error) {
	root, err := base.OpenFolder(f.root)
	if err != nil {
		return nil, err
	}
	defer func() { _ = root.Close() }()
	file, info, err := base.OpenRegularIn(root, filepath.FromSlash(f.path))
	if err == nil && info.Size() != f.size {
		return nil, errors.Join(base.ErrReplaced, file.Close())
	}
	return file, err
}

// folderRules are the rules by which files belong to the knowledge base.
type folderRules struct {
	include []string // nil includes all
	exclude []string
}

// matches reports whether a file with this key belongs to the knowledge base.
func (r folderRules) matches(key string) bool {
	one := func(pattern string) bool { return doublestar.MatchUnvalidated(pattern, key) }
	return (r.include == nil || slices.ContainsFunc(r.include, one)) && !slices.ContainsFunc(r.exclude, one)
}

// leavesOut reports whether exclude leaves out a folder with this key, and with it everything below. Such a folder is not read.
func (r folderRules) leavesOut(key string) bool {
	return slices.ContainsFunc(r.exclude, func(pattern string) bool { return doublestar.MatchUnvalidated(pattern, key) })
}

// mayMatchBelow reports whether a file below a folder with this key can match include.
func (r folderRules) mayMatchBelow(key string) bool {
	return r.include == nil || slices.ContainsFunc(r.include, func(pattern string) bool {
		fixed, rest := doublestar.SplitPattern(pattern)
		above := fixed == "." || strings.HasPrefix(key+"/", fixed+"/") // the rest of the pattern begins in the folder or above it
		return strings.HasPrefix(fixed+"/", key+"/") || above && (strings.Contains(rest, "/") || rest == "**")
	})
}

// listFolder returns the files of a folder that belong to the knowledge base, ordered by key. It reads no file.
func listFolder(name string, rules folderRules) ([]folderFile, error) {
	name = base.Locate(name)
	info, err := os.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("there is no folder %q. A path is relative to the folder in which Terraform runs. Use path.module for one that is relative to the module", name)
	case err != nil:
		return nil, fmt.Errorf("unable to read the folder %q: %w", name, base.WithoutPath(err))
	case !info.IsDir():
		return nil, fmt.Errorf("%q is not a folder", name)
	}
	root, err := base.OpenFolder(name) // the folder itself may be a link
	if err != nil {
		return nil, fmt.Errorf("unable to read the folder %q: %w", name, base.WithoutPath(err))
	}
	defer func() { _ = root.Close() }()
	w := &walk{rules: rules, name: name, root: root}
	if err := fs.WalkDir(root.FS(), ".", w.visit); err != nil {
		return nil, err
	}
	w.files = hub.SortedFunc(w.files, func(a, b folderFile) int { return strings.Compare(a.key, b.key) })
	return w.files, w.problem()
}

// walk is the state of a walk through a folder.
type walk struct {
	rules   folderRules
	name    string
	root    *os.Root
	entries int
	files   []folderFile
	links   []string // symbolic links that match, and those to folders in which files can match
	special []string // devices, pipes and sockets that match
	empty   []string // empty files that match
	unfit   []string // files that match, and folders, with names that cannot be sent
}

// unfitName matches characters that a file name at the service cannot contain.
var unfitName = regexp.MustCompile(`[\x00-\x1f\x7f\\]`)

// visit is a fs.WalkDirFunc.
func (w *walk) visit(name string, entry fs.DirEntry, err error) error {
	if err != nil {
		return fmt.Errorf("unable to read %q: %w", filepath.Join(w.name, name), base.WithoutPath(err))
	}
	if name == "." {
		return nil
	}
	if w.entries++; w.entries > maxEntries {
		return fmt.Errorf("the folder %q has more than %d files and folders. Choose a smaller one", w.name, maxEntries)
	}
	if strings.HasPrefix(entry.Name(), ".") {
		if entry.IsDir() {
			return fs.SkipDir
		}
		return nil
	}
	key := hub.Composed(name)
	switch {
	case entry.IsDir() && w.rules.leavesOut(key):
		return fs.SkipDir
	case entry.IsDir() && !utf8.ValidString(name): // it cannot be read
		w.unfit = append(w.unfit, key)
		return fs.SkipDir
	case entry.IsDir():
		return nil
	case w.rules.matches(key):
		return w.add(name, key)
	case entry.Type()&fs.ModeSymlink != 0 && !w.rules.leavesOut(key) && w.rules.mayMatchBelow(key) && w.isFolder(name):
		w.links = append(w.links, key)
	}
	return nil
}

// isFolder reports whether a link leads to a folder.
func (w *walk) isFolder(name string) bool {
	info, err := os.Stat(filepath.Join(w.name, name))
	return err == nil && info.IsDir()
}

// add adds a file that matches, or notes why it cannot be uploaded.
func (w *walk) add(name, key string) error {
	info, err := w.root.Lstat(filepath.FromSlash(name))
	switch {
	case err != nil:
		return fmt.Errorf("unable to read %q: %w", filepath.Join(w.name, name), base.WithoutPath(err))
	case info.Mode()&fs.ModeSymlink != 0:
		w.links = append(w.links, key)
	case !info.Mode().IsRegular():
		w.special = append(w.special, key)
	case unfitName.MatchString(key) || !utf8.ValidString(name):
		w.unfit = append(w.unfit, key)
	case info.Size() == 0:
		w.empty = append(w.empty, key)
	default:
		w.files = append(w.files, folderFile{key, w.name, name, info.Size()})
		if len(w.files) > maxDocuments {
			return fmt.Errorf("more than %d files of the folder %q match. A knowledge base has at most so many documents. Use several, or fewer patterns in include", maxDocuments, w.name)
		}
	}
	return nil
}

// problem returns the error about the files that cannot be uploaded, or nil.
func (w *walk) problem() error {
	switch {
	case len(w.links) > 0:
		return fmt.Errorf("symbolic links are not followed, because a link could upload files from anywhere: %s. Replace each by what it leads to, or leave it out with exclude", names(w.links))
	case len(w.special) > 0:
		return fmt.Errorf("these are not regular files, but devices, pipes or sockets: %s. Leave them out with exclude", names(w.special))
	case len(w.unfit) > 0:
		return fmt.Errorf("these names have a control character or a backslash, or are not UTF-8: %s. Rename them, or leave them out with exclude", names(w.unfit))
	case len(w.empty) > 0:
		return fmt.Errorf("these files are empty, and the service needs content: %s. Leave them out with exclude", names(w.empty))
	case len(w.files) == 0:
		return fmt.Errorf("no file of the folder %q matches. Check path, include and exclude; hidden files are left out", w.name)
	}
	used := map[string]string{}
	var twice []string
	for _, f := range w.files {
		name := hub.Composed(uploadName(f.key))
		if other, taken := used[name]; taken {
			twice = append(twice, fmt.Sprintf("%s and %s", other, f.key))
		}
		used[name] = f.key
	}
	if len(twice) > 0 {
		return fmt.Errorf("these files would be uploaded under one name, because each / becomes a -: %s. Rename one of each pair", names(twice))
	}
	return nil
}

// uploadName returns the file name at the service.
func uploadName(key string) string { return strings.ReplaceAll(key, "/", "-") }

// names returns up to maxNamed quoted names, and the number of the rest.
func names(all []string) string {
	quoted := make([]string, 0, maxNamed)
	for _, name := range all[:min(len(all), maxNamed)] {
		quoted = append(quoted, base.Quote(name))
	}
	list := strings.Join(quoted, ", ")
	if rest := len(all) - maxNamed; rest > 0 {
		list += fmt.Sprintf(" and %d more", rest)
	}
	return list
}
