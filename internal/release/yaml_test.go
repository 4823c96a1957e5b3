package release

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// root is the root of the repository, seen from this folder.
const root = "../.."

func read(t *testing.T, path ...string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(append([]string{root}, path...)...))
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// flatten reads the plain part of YAML that our files are written in: nested
// keys, lists and one-line values. It returns the values of every dotted path in
// the order of the file; the items of a list share the path of the list. A parser
// of our own, so that the product does not depend on one for a test.
func flatten(text string) map[string][]string {
	type level struct {
		indent int
		key    string
	}
	values := map[string][]string{}
	var open []level
	for line := range strings.Lines(text) {
		content := strings.TrimLeft(line, " ")
		indent := len(line) - len(content)
		content = strings.TrimSpace(content)
		if content == "" || strings.HasPrefix(content, "#") {
			continue
		}
		item := strings.HasPrefix(content, "- ")
		if item {
			indent, content = indent+2, strings.TrimPrefix(content, "- ")
		}
		for len(open) > 0 && open[len(open)-1].indent >= indent {
			open = open[:len(open)-1]
		}
		var path []string
		for _, parent := range open {
			path = append(path, parent.key)
		}
		key, value, isPair := strings.Cut(content, ":")
		if !isPair || (value != "" && value[0] != ' ') || strings.HasPrefix(content, `"`) {
			values[strings.Join(path, ".")] = append(values[strings.Join(path, ".")], unquote(content))
			continue
		}
		open = append(open, level{indent, key})
		if value != "" {
			full := strings.Join(append(path, key), ".")
			values[full] = append(values[full], scalars(value)...)
		}
	}
	return values
}

// scalars returns the items of an inline list, or the one value.
func scalars(value string) []string {
	value = strings.TrimSpace(value)
	list, isList := strings.CutPrefix(value, "[")
	if !isList {
		return []string{unquote(value)}
	}
	var items []string
	for item := range strings.SplitSeq(strings.TrimSuffix(list, "]"), ",") {
		items = append(items, unquote(item))
	}
	return items
}

func unquote(value string) string {
	return strings.Trim(strings.TrimSpace(value), `"'`)
}
