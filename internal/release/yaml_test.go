package release

import (
	"os"
	"path/filepath"
	"testing"

	"go.yaml.in/yaml/v3"
)

// root is the root of the repository, relative to this package.
const root = "../.."

func read(t *testing.T, path ...string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(append([]string{root}, path...)...))
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// decode reads a YAML document into target.
func decode(t *testing.T, text string, target any) {
	t.Helper()
	if err := yaml.Unmarshal([]byte(text), target); err != nil {
		t.Fatal(err)
	}
}

// flatten returns the scalar values of a YAML document by their dotted path, in
// the order of the file. The items of a list share the path of the list.
func flatten(t *testing.T, text string) map[string][]string {
	t.Helper()
	var document yaml.Node
	decode(t, text, &document)
	values := map[string][]string{}
	collect(values, "", &document)
	return values
}

func collect(values map[string][]string, path string, node *yaml.Node) {
	switch node.Kind {
	case yaml.MappingNode:
		for i := 0; i < len(node.Content); i += 2 {
			key := node.Content[i].Value
			if path != "" {
				key = path + "." + key
			}
			collect(values, key, node.Content[i+1])
		}
	case yaml.ScalarNode:
		values[path] = append(values[path], node.Value)
	default:
		for _, child := range node.Content {
			collect(values, path, child)
		}
	}
}
