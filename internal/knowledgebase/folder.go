package knowledgebase

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

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
	path string // where the file is
	size int64
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

// listFolder returns the files of a folder that belong to the knowledge base, ordered by key. It reads no file.
func listFolder(root string, rules folderRules) ([]folderFile, error) {
	root = base.Locate(root)
	info, err := os.Stat(root)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("there is no folder %q", root)
	case err != nil:
		return nil, fmt.Errorf("unable to read the folder %q: %w", root, base.WithoutPath(err))
	case !info.IsDir():
		return nil, fmt.Errorf("%q is not a folder", root)
	}
	if root, err = filepath.EvalSymlinks(root); err != nil { // WalkDir does not follow a link, and the folder itself may be one
		return nil, fmt.Errorf("unable to read the folder: %w", base.WithoutPath(err))
	}
	w := &walk{rules: rules, root: root}
	if err := filepath.WalkDir(root, w.visit); err != nil {
		return nil, err
	}
	w.files = hub.SortedFunc(w.files, func(a, b folderFile) int { return strings.Compare(a.key, b.key) })
	return w.files, w.problem()
}

// walk is the state of a walk through a folder.
type walk struct {
	rules   folderRules
	root    string
	entries int
	files   []folderFile
	links   []string // symbolic links that match
	special []string // devices, pipes and sockets that match
	empty   []string // empty files that match
}

// visit is a fs.WalkDirFunc.
func (w *walk) visit(name string, entry fs.DirEntry, err error) error {
	if err != nil {
		return fmt.Errorf("unable to read %q: %w", name, base.WithoutPath(err))
	}
	if name == w.root {
		return nil
	}
	if w.entries++; w.entries > maxEntries {
		return fmt.Errorf("the folder %q has more than %d files and folders. Choose a smaller one", w.root, maxEntries)
	}
	if strings.HasPrefix(entry.Name(), ".") {
		if entry.IsDir() {
			return fs.SkipDir
		}
		return nil
	}
	below, err := filepath.Rel(w.root, name)
	if err != nil {
		return err
	}
	key := hub.Composed(filepath.ToSlash(below))
	switch {
	case entry.IsDir() && w.rules.leavesOut(key):
		return fs.SkipDir
	case entry.IsDir() || !w.rules.matches(key):
		return nil
	}
	info, err := entry.Info()
	switch {
	case err != nil:
		return fmt.Errorf("unable to read %q: %w", name, base.WithoutPath(err))
	case info.Mode()&fs.ModeSymlink != 0:
		w.links = append(w.links, key)
	case !info.Mode().IsRegular():
		w.special = append(w.special, key)
	case info.Size() == 0:
		w.empty = append(w.empty, key)
	default:
		w.files = append(w.files, folderFile{key, name, info.Size()})
		if len(w.files) > maxDocuments {
			return fmt.Errorf("more than %d files of the folder %q match. A knowledge base has at most so many documents: use several, or narrow include", maxDocuments, w.root)
		}
	}
	return nil
}

// problem returns the error about the files that cannot be uploaded, or nil.
func (w *walk) problem() error {
	switch {
	case len(w.links) > 0:
		return fmt.Errorf("symbolic links are not followed, because a link could upload a file from anywhere: %s. Replace each by the file, or leave it out with exclude", names(w.links))
	case len(w.special) > 0:
		return fmt.Errorf("these are not regular files, but devices, pipes or sockets: %s. Leave them out with exclude", names(w.special))
	case len(w.empty) > 0:
		return fmt.Errorf("these files are empty, and the service needs content: %s. Leave them out with exclude", names(w.empty))
	case len(w.files) == 0:
		return fmt.Errorf("no file of the folder %q matches. Check path, include and exclude; hidden files are left out", w.root)
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
