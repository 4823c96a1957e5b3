package provider_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// contained are the methods that Terraform calls and that can panic. Those of list resources are not among them: their results are computed
// after the method has returned (base.ListResults).
var contained = []string{"Configure", "ValidateConfig", "ModifyPlan", "Create", "Read", "Update", "Delete", "ImportState", "Open", "Close"}

// TestPanicsAreContained reads the source code: each of those methods begins with `defer base.Recover`.
func TestPanicsAreContained(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../*/*.go")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") || strings.HasPrefix(name, "../base/") || strings.HasPrefix(name, "../acctest/") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range file.Decls {
			f, ok := decl.(*ast.FuncDecl)
			if !ok || f.Recv == nil || !slices.Contains(contained, f.Name.Name) || f.Type.Params.NumFields() != 3 {
				continue
			}
			found++
			if d, ok := f.Body.List[0].(*ast.DeferStmt); !ok || !isRecover(d.Call) {
				t.Errorf("%s: %s does not begin with defer base.Recover", name, f.Name.Name)
			}
		}
	}
	if found < 50 {
		t.Errorf("only %d methods were found: look at this test", found)
	}
}

// isRecover reports whether a call is base.Recover.
func isRecover(call *ast.CallExpr) bool {
	f, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	of, ok := f.X.(*ast.Ident)
	return ok && of.Name == "base" && f.Sel.Name == "Recover"
}
