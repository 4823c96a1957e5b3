package provider_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const errorsGuide = "../../templates/guides/errors.md"

// summaryArg maps the name of a function to the index of the argument that is the summary of a diagnostic.
var summaryArg = map[string]int{"AddError": 0, "AddWarning": 0, "AddAttributeError": 1, "AddAttributeWarning": 1, "wrong": 1,
	"NewErrorDiagnostic": 0, "NewWarningDiagnostic": 0, "NewAttributeErrorDiagnostic": 1, "NewAttributeWarningDiagnostic": 1}

// summaryMakers are the functions that are given a summary, or the parts of one. The summaries are read where they are called.
var summaryMakers = []string{"Report", "atAttributes", "FindOne", "wrong", "reports"}

// TestErrorsGuide compares the summaries of all diagnostics in the source code with the headings of the guide: each summary has a heading,
// and each heading has a summary. A heading can list several summaries.
func TestErrorsGuide(t *testing.T) {
	t.Parallel()
	said := summaries(t)
	guide, err := os.ReadFile(errorsGuide)
	if err != nil {
		t.Fatal(err)
	}
	explained := map[string]bool{}
	for _, heading := range regexp.MustCompile(`(?m)^### (.*)$`).FindAllStringSubmatch(string(guide), -1) {
		for summary := range strings.SplitSeq(heading[1], ", ") {
			if explained[summary] {
				t.Errorf("%s has two headings with %q", errorsGuide, summary)
			}
			explained[summary] = true
		}
	}
	for _, summary := range slices.Sorted(maps.Keys(said)) {
		if !explained[summary] {
			t.Errorf("%s has no heading %q, which is said at %s", errorsGuide, summary, said[summary])
		}
	}
	for _, summary := range slices.Sorted(maps.Keys(explained)) {
		if _, is := said[summary]; !is {
			t.Errorf("%s has a heading %q, which the provider never says", errorsGuide, summary)
		}
	}
	for _, summary := range []string{"Missing API key", "Invalid id", "Chatbot not found", "Agent not found", "Unable to list models", "Unable to restore agent"} {
		if _, is := said[summary]; !is { // one of each way in which a summary comes about
			t.Errorf("%q is not found in the source code any more: look at this test", summary)
		}
	}
}

// summaries returns the summaries of all diagnostics in internal/, each with one position.
func summaries(t *testing.T) map[string]string {
	t.Helper()
	files, err := filepath.Glob("../*/*.go")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d files: %v", len(files), err)
	}
	packages := map[string][]*ast.File{}
	set := token.NewFileSet()
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(set, name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		packages[filepath.Dir(name)] = append(packages[filepath.Dir(name)], file)
	}
	r := &summaryReader{T: t, set: set, found: map[string]string{}}
	for _, files := range packages {
		r.nouns = nil
		r.each(files, r.literal) // first, because a method that reports failures names their noun
		r.each(files, r.call)
	}
	return r.found
}

// summaryReader collects the summaries of one package after another.
type summaryReader struct {
	*testing.T
	set   *token.FileSet
	found map[string]string
	nouns []string // of this package's methods called failure, whose argument is the action
}

// each calls visit for every node, with the name of the function that it is in.
func (r *summaryReader) each(files []*ast.File, visit func(in string, n ast.Node)) {
	for _, file := range files {
		for _, decl := range file.Decls {
			in := ""
			if f, ok := decl.(*ast.FuncDecl); ok {
				in = f.Name.Name
			}
			ast.Inspect(decl, func(n ast.Node) bool {
				visit(in, n)
				return true
			})
		}
	}
}

func (r *summaryReader) add(n ast.Node, summary string) {
	r.found[summary] = r.set.Position(n.Pos()).String()
}

// literal reads base.Failure{Doing: …, Noun: …} and base.Lookup[…]{Noun: …}, from which base makes summaries, and the diagnostics of package protocol.
func (r *summaryReader) literal(in string, n ast.Node) {
	lit, ok := n.(*ast.CompositeLit)
	if !ok {
		return
	}
	fields := map[string]ast.Expr{}
	for _, e := range lit.Elts {
		if kv, ok := e.(*ast.KeyValueExpr); ok {
			if key, ok := kv.Key.(*ast.Ident); ok {
				fields[key.Name] = kv.Value
			}
		}
	}
	if summary, ok := text(fields["Summary"]); ok && fields["Severity"] != nil {
		r.add(n, summary)
	}
	noun, known := text(fields["Noun"])
	switch typeName(lit.Type) {
	case "Failure":
		doing, literal := text(fields["Doing"])
		switch {
		case !known || !literal && in != "failure":
			r.Errorf("%s: what fails here cannot be read: write Doing and Noun as literals", r.set.Position(n.Pos()))
		case literal:
			r.add(n, "Unable to "+doing+" "+noun)
		default:
			r.nouns = append(r.nouns, noun)
		}
	case "Lookup":
		if !known {
			r.Errorf("%s: what is looked for here cannot be read: write Noun as a literal", r.set.Position(n.Pos()))
			return
		}
		r.add(n, strings.ToUpper(noun[:1])+noun[1:]+" not found")
		r.add(n, "Several "+noun+"s found")
	}
}

// call reads calls that add a diagnostic, and x.failure("create").
func (r *summaryReader) call(in string, n ast.Node) {
	call, ok := n.(*ast.CallExpr)
	if !ok {
		return
	}
	method, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return
	}
	if method.Sel.Name == "failure" && len(call.Args) > 0 {
		doing, literal := text(call.Args[0])
		if !literal || len(r.nouns) != 1 {
			r.Errorf("%s: what fails here cannot be read: %q", r.set.Position(n.Pos()), r.nouns)
			return
		}
		r.add(n, "Unable to "+doing+" "+r.nouns[0])
		return
	}
	i, ok := summaryArg[method.Sel.Name]
	if !ok || len(call.Args) <= i {
		return
	}
	if summary, literal := summaryText(call.Args[i]); literal {
		r.add(n, summary)
	} else if !slices.Contains(summaryMakers, in) {
		r.Errorf("%s: the summary cannot be read: write it as a literal", r.set.Position(n.Pos()))
	}
}

// verbs matches the verbs of a format.
var verbs = regexp.MustCompile(`%[a-z]`)

// summaryText is the summary in an expression: a string literal, or fmt.Sprintf with one. The guide has "…" for what stands for the object: Terraform
// shows only the first of several warnings with the same summary, so that of some warnings names the object.
func summaryText(e ast.Expr) (string, bool) {
	call, ok := e.(*ast.CallExpr)
	if !ok {
		return text(e)
	}
	if f, ok := call.Fun.(*ast.SelectorExpr); !ok || f.Sel.Name != "Sprintf" || len(call.Args) < 2 {
		return "", false
	}
	format, literal := text(call.Args[0])
	return verbs.ReplaceAllString(format, "…"), literal
}

// text is the value of a string literal.
func text(e ast.Expr) (string, bool) {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	s, err := strconv.Unquote(lit.Value)
	return s, err == nil
}

// typeName is the last word of a type: Failure of base.Failure, Lookup of base.Lookup[hub.Agent].
func typeName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	case *ast.IndexExpr:
		return typeName(e.X)
	}
	return ""
}
