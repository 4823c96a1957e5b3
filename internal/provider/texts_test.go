package provider_test

import (
	"bytes"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/printer"
	"go/token"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
)

// textsFile has all texts that a user can see, to be read side by side.
const textsFile = "testdata/diagnostics.txt"

var update = flag.Bool("update", false, "write "+textsFile)

// TestTexts compares the texts of the code and of the schemas with textsFile. After a change, write it with -update and read the
// difference.
func TestTexts(t *testing.T) {
	t.Parallel()
	got := []byte("All texts that a user can see. Written by go test ./internal/provider -run TestTexts -update\n" + messages(t) + descriptions(t))
	if *update {
		if err := os.WriteFile(textsFile, got, 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(textsFile)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Equal(got, want) {
		return
	}
	is, was := strings.Split(string(got), "\n"), strings.Split(string(want), "\n")
	for i := range min(len(is), len(was)) {
		if is[i] != was[i] {
			t.Fatalf("%s is out of date: run go test ./internal/provider -run TestTexts -update, and read what changed. Line %d is\n%s\nand should be\n%s", textsFile, i+1, was[i], is[i])
		}
	}
	t.Fatalf("%s is out of date: run go test ./internal/provider -run TestTexts -update", textsFile)
}

// descriptions are the descriptions of all schemas with their attributes, and of all functions. One that several attributes of a name have is printed once.
func descriptions(t *testing.T) string {
	t.Helper()
	var out strings.Builder
	all := schemas(t)
	names := slices.Sorted(maps.Keys(all))
	slices.Reverse(names) // resources before data sources
	printed := map[string]bool{}
	for _, name := range names {
		fmt.Fprintf(&out, "\n## %s\n\n%s\n", name, all[name].Block.Description)
		walk("", all[name].Block.Attributes, func(at string, a *tfprotov6.SchemaAttribute) {
			if line := a.Name + ": " + a.Description; !printed[line] {
				printed[line] = true
				fmt.Fprintf(&out, "- %s: %s\n", strings.TrimPrefix(at, "."), a.Description)
			}
		})
	}
	functions := acctest.NewServer(t).Schema.Functions
	for _, name := range slices.Sorted(maps.Keys(functions)) {
		fmt.Fprintf(&out, "\n## function %s\n\n%s.\n%s\n", name, functions[name].Summary, functions[name].Description)
		for _, p := range functions[name].Parameters {
			fmt.Fprintf(&out, "- %s: %s\n", p.Name, p.Description)
		}
	}
	return out.String()
}

// messages are the texts in the code that the provider's binary is built from, by file and function.
func messages(t *testing.T) string {
	t.Helper()
	const module = "github.com/aichatbothub/terraform-provider-aichatbothub/"
	var out strings.Builder
	done := map[string]bool{}
	for queue := []string{"."}; len(queue) > 0; {
		pkg := queue[0]
		queue = queue[1:]
		if done[pkg] {
			continue
		}
		done[pkg] = true
		files, err := filepath.Glob(filepath.Join("..", "..", pkg, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		var imports []string
		for _, name := range files {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			r := &textReader{set: token.NewFileSet()}
			file, err := parser.ParseFile(r.set, name, nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			for _, i := range file.Imports {
				if at, ours := strings.CutPrefix(strings.Trim(i.Path.Value, `"`), module); ours {
					imports = append(imports, at)
				}
			}
			for _, decl := range file.Decls {
				r.in, r.out = "", nil
				if f, ok := decl.(*ast.FuncDecl); ok {
					r.in = f.Name.Name
				}
				ast.Inspect(decl, r.visit)
				if len(r.out) > 0 {
					fmt.Fprintf(&out, "\n## %s\n\n%s\n", strings.TrimSuffix(path.Join(pkg, filepath.Base(name))+" "+r.in, " "), strings.Join(r.out, "\n"))
				}
			}
		}
		slices.Sort(imports)
		queue = append(queue, slices.Compact(imports)...)
	}
	return out.String()
}

// textReader collects the texts of a declaration.
type textReader struct {
	set *token.FileSet
	in  string // the function
	out []string
}

// prose is a text of three words or more.
var prose = regexp.MustCompile(`\pL[,.:;)]? \(?[\pL{][^ ]* [^ ]`)

// visit collects the texts of a node. Diagnostics are printed with their summary and detail. Log lines, panics and descriptions of schemas
// are left out: the latter are read from the schemas.
func (r *textReader) visit(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.ImportSpec, *ast.Field:
		return false
	case *ast.KeyValueExpr:
		if key, ok := n.Key.(*ast.Ident); ok && strings.HasSuffix(key.Name, "Description") {
			return false
		}
	case *ast.CallExpr:
		name := r.source(n.Fun)
		if strings.HasPrefix(name, "tflog.") || name == "panic" {
			return false
		}
		method := name[strings.LastIndex(name, ".")+1:]
		if i, ok := summaryArg[method]; ok && len(n.Args) == i+2 {
			kind := "error"
			if strings.Contains(method, "Warning") {
				kind = "warning"
			}
			r.out = append(r.out, fmt.Sprintf("- %s: %s\n  %s", kind, r.render(n.Args[i]), r.render(n.Args[i+1])))
			return false
		}
		if text := r.render(n); formats[name] && prose.MatchString(text) {
			r.out = append(r.out, "- "+text)
			return false
		}
	case *ast.BinaryExpr, *ast.BasicLit:
		e, _ := n.(ast.Expr)
		if _, literal := r.literal(e); !literal {
			return true
		}
		if text := r.render(e); prose.MatchString(text) {
			r.out = append(r.out, "- "+text)
		}
		return false
	}
	return true
}

// formats are functions that make a text of a format.
var formats = map[string]bool{"fmt.Sprintf": true, "fmt.Errorf": true, "errors.New": true}

// literal reports whether an expression is a text with a literal in it.
func (r *textReader) literal(e ast.Expr) (ast.Expr, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		return e, e.Kind == token.STRING
	case *ast.BinaryExpr:
		if e.Op != token.ADD {
			return e, false
		}
		_, left := r.literal(e.X)
		_, right := r.literal(e.Y)
		return e, left || right
	case *ast.CallExpr:
		return e, formats[r.source(e.Fun)]
	}
	return e, false
}

var verb = regexp.MustCompile(`%[-+# 0]*[0-9]*(?:\.[0-9]+)?[a-zA-Z%]`)

// render writes a text as the user sees it, with {expressions} for what is only known at run time.
func (r *textReader) render(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.BasicLit:
		if s, err := strconv.Unquote(e.Value); err == nil && e.Kind == token.STRING {
			return s
		}
	case *ast.BinaryExpr:
		return r.render(e.X) + r.render(e.Y)
	case *ast.ParenExpr:
		return r.render(e.X)
	case *ast.CallExpr:
		if !formats[r.source(e.Fun)] || len(e.Args) == 0 {
			break
		}
		i := 0
		return verb.ReplaceAllStringFunc(r.render(e.Args[0]), func(v string) string {
			if v == "%%" {
				return "%"
			}
			i++
			switch {
			case i >= len(e.Args):
				return v
			case strings.HasSuffix(v, "q"):
				return `"` + r.render(e.Args[i]) + `"`
			}
			return r.render(e.Args[i])
		})
	}
	return "{" + r.source(e) + "}"
}

// source is the code of an expression, in one line.
func (r *textReader) source(e ast.Expr) string {
	var b bytes.Buffer
	if err := printer.Fprint(&b, r.set, e); err != nil {
		return err.Error()
	}
	return strings.Join(strings.Fields(b.String()), " ")
}
