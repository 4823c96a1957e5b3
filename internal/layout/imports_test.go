package layout

import (
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/aichatbothub/terraform-provider-aichatbothub"

// slice stands for each slice in the rules. A package directly below internal that has no rule of its own is a slice.
const slice = "slice"

// rule is what the files of a package may import of this module, besides their own package.
type rule struct {
	code  []string // what code may import
	tests []string // what tests may import besides; "*" is everything but a program
}

// rules are the rules of the packages, by path. main → provider → slices → base → hub → consistency → rest, one way: a slice never imports
// another one, and neither do its tests. A new slice needs no line here.
var rules = map[string]rule{
	"":                        {code: []string{"internal/deletesessions", "internal/diff", "internal/export", "internal/mock", "internal/probe", "internal/provider", "internal/subcommand"}, tests: []string{"*"}},
	"internal/account":        {code: []string{"internal/hub"}, tests: []string{"internal/mockhub"}},
	"internal/export":         {code: []string{"internal/account", "internal/base", "internal/provider", "internal/hub", "internal/rest", "internal/subcommand"}, tests: []string{"*"}},
	"internal/diff":           {code: []string{"internal/account", "internal/hub", "internal/snapshot", "internal/subcommand"}, tests: []string{"*"}},
	"internal/deletesessions": {code: []string{"internal/account", "internal/hub", "internal/subcommand"}, tests: []string{"*"}},
	"internal/mock":           {code: []string{"internal/mockhub", "internal/subcommand"}, tests: []string{"*"}},
	"internal/probe":          {code: []string{"internal/provider", "internal/hub", "internal/rest", "internal/subcommand"}, tests: []string{"*"}},
	"internal/subcommand":     {code: []string{"internal/base", "internal/hub", "internal/provider"}},
	"internal/snapshot":       {code: []string{"internal/account", "internal/base", "internal/hub"}, tests: []string{"internal/acctest", "internal/mockhub"}},
	"internal/provider":       {code: []string{slice, "internal/snapshot", "internal/base", "internal/hub", "internal/managed", "internal/protocol", "internal/rest"}, tests: []string{"*"}},
	slice:                     {code: []string{"internal/base", "internal/hub", "internal/managed"}, tests: []string{"internal/acctest", "internal/mockhub", "internal/provider"}},
	"internal/base":           {code: []string{"internal/hub", "internal/managed"}, tests: []string{"*"}},
	"internal/managed":        {code: []string{"internal/hub", "internal/rest"}},
	"internal/hub":            {code: []string{"internal/consistency", "internal/rest"}, tests: []string{"internal/mockhub", "internal/rest/resttest"}},
	"internal/consistency":    {code: []string{"internal/rest"}, tests: []string{"internal/mockhub", "internal/rest/resttest"}},
	"internal/rest":           {tests: []string{"internal/mockhub", "internal/rest/resttest"}},
	"internal/rest/resttest":  {},
	"internal/protocol":       {},
	"internal/tfcli":          {tests: []string{"*"}},
	"internal/acctest":        {code: []string{"internal/hub", "internal/mockhub", "internal/protocol", "internal/provider", "internal/tfcli"}, tests: []string{"*"}},
	// The mock is a second reading of the contract and shares no code with the client. So are its pages.
	"internal/mockhub": {},
	// Packages of tests alone.
	"internal/faults":     {tests: []string{"*"}},
	"internal/hostile":    {tests: []string{"*"}},
	"internal/layout":     {tests: []string{"*"}},
	"internal/pages":      {tests: []string{"*"}},
	"internal/properties": {tests: []string{"*"}},
	"internal/release":    {tests: []string{"*"}},
	"internal/secrets":    {tests: []string{"*"}},
	"contributing":        {tests: []string{"*"}},
	"internal/cmd":        {code: []string{"internal/export", "internal/hub", "internal/mock", "internal/mockhub", "internal/probe", "internal/protocol", "internal/provider", "internal/rest", "internal/subcommand", "internal/tfcli"}, tests: []string{"*"}},
}

// bannedExternal are packages of others that no file may import, with what to do instead.
var bannedExternal = map[string]string{
	"io/ioutil":             "use io and os",
	"math/rand":             "use math/rand/v2",
	"github.com/pkg/errors": "use errors and fmt.Errorf",
	"github.com/hashicorp/terraform-plugin-sdk":          "use terraform-plugin-framework",
	"github.com/hashicorp/terraform-plugin-sdk/v2":       "use terraform-plugin-framework",
	"github.com/hashicorp/terraform-plugin-log/tfsdklog": "it is the framework's own log; use tflog",
}

// testOnly are packages of others that must not get into the provider's binary.
var testOnly = map[string]string{
	"github.com/hashicorp/terraform-plugin-testing": "it is for tests",
	"github.com/hashicorp/terraform-exec":           "it is for tests",
	"github.com/hashicorp/terraform-json":           "it is for tests",
	"github.com/hashicorp/hc-install":               "it is for tests",
	"github.com/google/go-cmp":                      "it is for tests",
	"pgregory.net/rapid":                            "it is for tests",
	"testing":                                       "it is for tests",
	"net/http/httptest":                             "it is for tests",
	"log":                                           "use tflog: Terraform would show the text without its level",
}

// withoutTerraform are the packages of the service's client. Of Terraform, they and their tests may import the log alone.
var withoutTerraform = []string{"internal/hub", "internal/consistency", "internal/rest"}

// source is a Go file: its path, and what it imports.
type source struct {
	path    string
	imports []string
}

func (s source) test() bool { return strings.HasSuffix(s.path, "_test.go") }

// sources parses the imports of all Go files of a module. Folders with a go.mod of their own are other modules.
func sources(root fs.FS) ([]source, error) {
	var all []source
	err := fs.WalkDir(root, ".", func(p string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir():
			if _, err := fs.Stat(root, path.Join(p, "go.mod")); p != "." && (err == nil || strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata" || d.Name() == "node_modules") {
				return fs.SkipDir
			}
			return nil
		case !strings.HasSuffix(p, ".go"):
			return nil
		}
		raw, err := fs.ReadFile(root, p)
		if err != nil {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), p, raw, parser.ImportsOnly)
		if err != nil {
			return err
		}
		s := source{path: p}
		for _, i := range file.Imports {
			name, err := strconv.Unquote(i.Path.Value)
			if err != nil {
				return err
			}
			s.imports = append(s.imports, name)
		}
		all = append(all, s)
		return nil
	})
	return all, err
}

// packageOf is the path of the package that a file belongs to, within the module; "" is main.
func packageOf(file string) string {
	if dir := path.Dir(file); dir != "." {
		return dir
	}
	return ""
}

// role is the key of the rule for a package. Programs have one rule, and a package without a rule directly below internal is a slice.
func role(pkg string) (string, error) {
	if _, ok := rules[pkg]; ok && pkg != slice {
		return pkg, nil
	}
	if strings.HasPrefix(pkg, "internal/cmd/") {
		return "internal/cmd", nil
	}
	if path.Dir(pkg) == "internal" {
		return slice, nil
	}
	return "", fmt.Errorf("%s has no rule in this test", pkg)
}

// problems are all imports that break a rule.
func problems(files []source) []string {
	var all []string
	for _, f := range files {
		for _, i := range f.imports {
			if why := forbidden(f, i); why != "" {
				all = append(all, fmt.Sprintf("%s imports %s: %s", f.path, i, why))
			}
		}
	}
	slices.Sort(all)
	return all
}

// forbidden says why a file must not import a package; "" if it may.
func forbidden(f source, imported string) string {
	if imported == module || strings.HasPrefix(imported, module+"/") {
		return forbiddenInternal(f, strings.TrimPrefix(strings.TrimPrefix(imported, module), "/"))
	}
	return forbiddenExternal(f, imported)
}

func forbiddenInternal(f source, imported string) string {
	from := packageOf(f.path)
	mine, err := role(from)
	if err != nil {
		return err.Error()
	}
	other, err := role(imported)
	if err != nil {
		return err.Error()
	}
	r := rules[mine]
	switch {
	case other == "internal/cmd" && imported == from && f.test():
		return ""
	case other == "internal/cmd":
		// The servers that bench compares with are libraries of it.
		if strings.HasPrefix(from, "internal/cmd/bench") && (imported == "internal/cmd/bench/floor" || imported == "internal/cmd/bench/noop") {
			return ""
		}
		return "a program is no library"
	case imported == from && f.test():
		return ""
	case slices.Contains(r.code, other), f.test() && (slices.Contains(r.tests, "*") || slices.Contains(r.tests, other)):
		return ""
	case mine == slice && other == slice:
		return "slices never import each other"
	case other == "internal/acctest":
		return "only tests import it"
	}
	return "imports go one way, see rules in this test"
}

func forbiddenExternal(f source, imported string) string {
	within := func(pkg string) bool { return imported == pkg || strings.HasPrefix(imported, pkg+"/") }
	if why := bannedExternal[imported]; why != "" {
		return why
	}
	for pkg, why := range bannedExternal {
		if strings.Contains(pkg, ".") && within(pkg) {
			return why
		}
	}
	from := packageOf(f.path)
	if within("github.com/hashicorp") && strings.HasPrefix(from, "internal/mockhub") {
		return "the mock is independent of Terraform"
	}
	if slices.Contains(withoutTerraform, from) && strings.HasPrefix(imported, "github.com/hashicorp/terraform") &&
		imported != "github.com/hashicorp/terraform-plugin-log/tflog" && imported != "github.com/hashicorp/terraform-plugin-log/tflogtest" {
		return "the client imports nothing of Terraform but its log"
	}
	if f.test() || from == "" && imported == "log" {
		return ""
	}
	for _, tool := range []string{"internal/acctest", "internal/rest/resttest", "internal/mockhub", "internal/cmd", "internal/tfcli"} {
		if from == tool || strings.HasPrefix(from, tool+"/") {
			return ""
		}
	}
	for pkg, why := range testOnly {
		if imported == pkg || strings.Contains(pkg, ".") && within(pkg) {
			return why
		}
	}
	return ""
}

// TestImports holds every Go file of the module to the rules.
func TestImports(t *testing.T) {
	t.Parallel()
	files, err := sources(os.DirFS("../.."))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems(files) {
		t.Error(p)
	}
	for pkg := range rules {
		if pkg != slice && pkg != "internal/cmd" && !slices.ContainsFunc(files, func(f source) bool { return packageOf(f.path) == pkg }) {
			t.Errorf("there is a rule for %s, which does not exist", pkg)
		}
	}
}
