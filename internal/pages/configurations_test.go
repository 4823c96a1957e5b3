package pages

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/tfcli"
)

// anID stands for the id of any object.
const anID = "43474da7ae3b4b7191ee29c2de798257"

// inModules are the blocks that a module can have in every version of Terraform. Blocks of other files, such as tests, and import blocks, which only a
// root module can have, are parsed and not validated.
var inModules = []string{"check", "data", "ephemeral", "locals", "module", "moved", "output", "provider", "removed", "resource", "terraform", "variable"}

// elsewhereOnly are the other blocks that pages have: import blocks, and those of tests, queries and newer versions of Terraform. Any other type is
// a typing error.
var elsewhereOnly = []string{"action", "import", "list", "mock_provider", "run", "variables"}

// TestConfigurations validates all configurations on the pages with one run of Terraform: each is a module, and what it refers to without declaring
// it is declared beside it.
func TestConfigurations(t *testing.T) {
	t.Parallel()
	cli := acctest.NewCLI(t)
	dir := t.TempDir()
	schema := acctest.NewServer(t).Schema
	main := "variable \"" + unknown + "\" {}\n\nterraform {\n  required_providers {\n    aichatbothub = { source = \"" + tfcli.Source + "\" }\n  }\n}\n"
	modules := map[string]block{}
	texts := pages(t)
	for _, page := range slices.Sorted(maps.Keys(texts)) {
		for _, b := range blocks(page, texts[page], "terraform") {
			c, problem := parse(b)
			if problem != "" {
				t.Errorf("%s:%d: %s", b.page, b.line, problem)
				continue
			}
			for _, problem := range c.unknownNames() {
				t.Errorf("%s:%d: %s", b.page, b.line, problem)
			}
			if !c.isModule() {
				continue
			}
			name := fmt.Sprintf("block%d", len(modules))
			modules[name] = b
			main += fmt.Sprintf("module %q {\n  source = \"./%s\"\n", name, name)
			for _, variable := range c.write(t, filepath.Join(dir, name), schema) {
				main += fmt.Sprintf("  %s = var.%s\n", variable, unknown)
			}
			main += "}\n"
		}
	}
	if len(modules) < 40 {
		t.Errorf("only %d configurations were found", len(modules))
	}
	write(t, filepath.Join(dir, "main.tf"), main)
	tf := cli.Terraform(t, dir, nil, nil)
	if err := tf.Init(t.Context()); err != nil {
		t.Fatal(err)
	}
	result, err := tf.Validate(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range result.Diagnostics {
		if d.Severity != "error" {
			continue
		}
		at := "the configuration of all pages"
		if d.Range != nil {
			name, _, _ := strings.Cut(filepath.ToSlash(d.Range.Filename), "/")
			at = fmt.Sprintf("%s:%d", modules[name].page, modules[name].line+d.Range.Start.Line-1)
		}
		t.Errorf("%s: %s: %s", at, d.Summary, d.Detail)
	}
}

// reusable are the numbers of reusable modules on pages, which have no provider block.
var reusable = map[string]int{"docs/guides/staging.md": 1}

// TestProviderBlocks: a whole configuration has a provider block. Without one, Terraform says of a missing key that "explicit configuration" is
// required, which is not so.
func TestProviderBlocks(t *testing.T) {
	t.Parallel()
	whole := 0
	for page, text := range pages(t) {
		without := 0
		for _, b := range blocks(page, text, "terraform") {
			switch c, _ := parse(b); {
			case c.body == nil || !strings.Contains(b.text, "required_providers") || !c.has("resource", "data"):
			case c.has("provider"):
				whole++
			default:
				if without++; without > reusable[page] {
					t.Errorf("%s:%d: the configuration has no provider block", page, b.line)
				}
			}
		}
	}
	if whole < 5 {
		t.Errorf("only %d whole configurations were found", whole)
	}
}

// has reports whether the code has a block of one of the types.
func (c configuration) has(types ...string) bool {
	return slices.ContainsFunc(c.body.Blocks, func(b *hclsyntax.Block) bool { return slices.Contains(types, b.Type) })
}

// configuration is a parsed block of code.
type configuration struct {
	source []byte
	body   *hclsyntax.Body
}

// parse parses a block of code. The problem is "" if it is HCL.
func parse(b block) (configuration, string) {
	source := []byte(b.text)
	file, diags := hclsyntax.ParseConfig(source, b.page, hcl.InitialPos)
	if diags.HasErrors() {
		return configuration{}, diags.Error()
	}
	body, _ := file.Body.(*hclsyntax.Body) // what this parser returns
	return configuration{source, body}, ""
}

// unknownNames returns what is wrong with the names of blocks. Terraform validates only modules, so a typing error would take a block away from it.
func (c configuration) unknownNames() []string {
	var bad []string
	for _, b := range c.body.Blocks {
		source := c.text(b.Body.Attributes["source"])
		switch {
		case !slices.Contains(inModules, b.Type) && !slices.Contains(elsewhereOnly, b.Type):
			bad = append(bad, "there are no blocks of the type "+b.Type)
		case len(b.Labels) == 2 && !strings.HasPrefix(b.Labels[0], acctest.Prefix) && b.Labels[0] != "terraform_data":
			bad = append(bad, b.Labels[0]+" is not a type of this provider")
		case b.Type == "module" && !strings.HasPrefix(source, "."):
			bad = append(bad, fmt.Sprintf("the source of the module is %q, which is no folder", source))
		}
	}
	return bad
}

func TestUnknownNames(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{
		"resource \"aichatbothub_chatbot\" \"a\" {}\nlist \"aichatbothub_chatbot\" \"a\" {}\nmodule \"a\" {\n  source = \"../a\"\n}\n": 0,
		"resources \"aichatbothub_chatbot\" \"a\" {}\n": 1, "resource \"aichatbot_chatbot\" \"a\" {}\n": 1, "list \"chatbot\" \"a\" {}\n": 1,
		"module \"a\" {\n  source = \"a\"\n}\n": 1, "module \"a\" {}\n": 1,
	} {
		c, problem := parse(block{text: text})
		if bad := c.unknownNames(); len(bad) != want || problem != "" {
			t.Errorf("%q: %q %s, want %d", text, bad, problem, want)
		}
	}
}

// isModule reports whether the code can be validated as a module with this provider alone.
func (c configuration) isModule() bool {
	if len(c.body.Attributes) > 0 {
		return false // the inside of a block, or values of variables
	}
	found := false
	for _, b := range c.body.Blocks {
		switch {
		case b.Type == "import":
			continue
		case !slices.Contains(inModules, b.Type):
			return false
		case b.Type == "module" && !strings.HasPrefix(c.text(b.Body.Attributes["source"]), "."):
			return false // of another repository
		}
		found = true
	}
	return found
}

// text returns the constant text of an attribute; "" if there is none.
func (c configuration) text(a *hclsyntax.Attribute) string {
	if a == nil {
		return ""
	}
	value, diags := a.Expr.Value(moduleContext)
	if diags.HasErrors() || value.Type() != cty.String {
		return ""
	}
	return value.AsString()
}

func write(t *testing.T, file, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o750); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
