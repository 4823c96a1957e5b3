package pages

import (
	"encoding/json"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/zclconf/go-cty/cty"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/tfcli"
)

// unknown is a variable of every module whose value Terraform does not know.
const unknown = "unknown_value"

// moduleContext evaluates paths of files.
var moduleContext = &hcl.EvalContext{Variables: map[string]cty.Value{"path": cty.ObjectVal(map[string]cty.Value{"module": cty.StringVal("."), "root": cty.StringVal(".")})}}

// readFile are the functions that read a file.
var readFile = []string{"file", "filebase64", "filemd5", "filesha256", "templatefile"}

// contents are the contents of files that a configuration reads, by extension.
var contents = map[string]string{".csv": "question,answer\nWhen?,Now.\n", ".json": "{}", ".yaml": "{}", ".md": "# Title\n\nText.\n"}

// object is a nested value of a configuration in JSON.
type object map[string]any

// at returns the object below the keys, which it makes.
func (o object) at(keys ...string) object {
	for _, key := range keys {
		if o[key] == nil {
			o[key] = object{}
		}
		o, _ = o[key].(object)
	}
	return o
}

// write writes the module into dir, with declarations of what it refers to, and the files that it reads. It returns the variables that a call must set.
func (c configuration) write(t *testing.T, dir string, schema *tfprotov6.GetProviderSchemaResponse) []string {
	t.Helper()
	source := slices.Clone(c.source)
	declared := map[string]bool{}
	variables := []string{unknown}
	called := object{} // the modules that the module calls, by folder
	for _, b := range c.body.Blocks {
		declared[strings.Join(append([]string{b.Type}, b.Labels...), ".")] = true
		switch b.Type {
		case "import":
			blank(source[b.Range().Start.Byte:b.CloseBraceRange.End.Byte])
		case "variable":
			variables = append(variables, b.Labels[0])
		case "locals":
			for name := range b.Body.Attributes {
				declared["local."+name] = true
			}
		case "provider":
			declared["provider."+b.Labels[0]+"."+c.text(b.Body.Attributes["alias"])] = true
		case "module":
			for name := range b.Body.Attributes {
				if !slices.Contains([]string{"source", "version", "providers", "depends_on", "for_each", "count"}, name) {
					called.at(c.folder(b.Labels[0]), "variable", name)["default"] = nil // not every call of the module may set it
				}
			}
		}
	}
	beside := object{}
	beside.at("variable", unknown)
	if !strings.Contains(string(c.source), "required_providers") {
		beside.at("terraform", "required_providers", "aichatbothub")["source"] = tfcli.Source
	}
	for _, traversal := range c.references() {
		name := words(traversal)
		switch root := name[0]; {
		case root == "var" && len(name) > 1 && !declared["variable."+name[1]]:
			variables = append(variables, name[1])
			beside.at("variable", name[1])
		case root == "local" && len(name) > 1 && !declared["local."+name[1]]:
			beside.at("locals")[name[1]] = "${var." + unknown + "}"
		case root == "module" && len(name) > 2:
			if !declared["module."+name[1]] {
				beside.at("module", name[1])["source"] = "./" + c.folder(name[1])
			}
			called.at(c.folder(name[1]), "output", name[2])["value"] = "${var." + unknown + "}"
		case root == "aichatbothub" && len(name) > 1 && !declared["provider."+root+"."+name[1]]:
			beside.at("provider")["aichatbothub"] = []object{{"alias": name[1]}}
		case strings.HasPrefix(root, acctest.Prefix) && len(name) > 1 && !declared["resource."+root+"."+name[1]]:
			noun, _ := acctest.NounOf(root)
			declare(beside.at("resource", root, name[1]), traversal, 2, withIDs(noun.Create))
		case (root == "data" || root == "ephemeral") && len(name) > 2 && strings.HasPrefix(name[1], acctest.Prefix) && !declared[strings.Join(name[:3], ".")]:
			block := schema.DataSourceSchemas[name[1]]
			if root == "ephemeral" {
				block = schema.EphemeralResourceSchemas[name[1]]
			}
			declare(beside.at(root, name[1], name[2]), traversal, 3, required(block))
		}
	}
	for folder := range called {
		called.at(folder, "variable")[unknown] = object{"default": nil}
		write(t, filepath.Join(dir, filepath.FromSlash(folder), "called.tf.json"), encode(t, called.at(folder)))
	}
	for _, file := range c.files() {
		text, ok := contents[filepath.Ext(file)]
		if !ok {
			text = "Text.\n"
		}
		write(t, filepath.Join(dir, filepath.FromSlash(file)), text)
	}
	write(t, filepath.Join(dir, "main.tf"), string(source))
	write(t, filepath.Join(dir, "beside.tf.json"), encode(t, beside))
	slices.Sort(variables)
	return slices.Compact(variables)
}

// folder is where a module that the module calls is.
func (c configuration) folder(name string) string {
	for _, b := range c.body.Blocks {
		if b.Type == "module" && b.Labels[0] == name {
			return c.text(b.Body.Attributes["source"])
		}
	}
	return "called_" + name
}

// blank replaces everything but the ends of lines, so that lines keep their numbers.
func blank(source []byte) {
	for i := range source {
		if source[i] != '\n' {
			source[i] = ' '
		}
	}
}

// references are all traversals in the configuration.
func (c configuration) references() []hcl.Traversal {
	var found []hcl.Traversal
	_ = hclsyntax.VisitAll(c.body, func(node hclsyntax.Node) hcl.Diagnostics {
		if e, is := node.(*hclsyntax.ScopeTraversalExpr); is {
			found = append(found, e.Traversal)
		}
		return nil
	})
	return found
}

// files are the files that the configuration reads whose paths are constant.
func (c configuration) files() []string {
	var found []string
	_ = hclsyntax.VisitAll(c.body, func(node hclsyntax.Node) hcl.Diagnostics {
		if call, is := node.(*hclsyntax.FunctionCallExpr); is && slices.Contains(readFile, call.Name) {
			if v, diags := call.Args[0].Value(moduleContext); !diags.HasErrors() && v.Type() == cty.String && v.IsKnown() {
				found = append(found, v.AsString())
			}
		}
		return nil
	})
	return found
}

// words are the names in a traversal, without its indexes.
func words(traversal hcl.Traversal) []string {
	var found []string
	for _, step := range traversal {
		switch step := step.(type) {
		case hcl.TraverseRoot:
			found = append(found, step.Name)
		case hcl.TraverseAttr:
			found = append(found, step.Name)
		}
	}
	return found
}

// declare declares an object with values. It has several instances if the step of the traversal after its address is an index.
func declare(o object, traversal hcl.Traversal, address int, values map[string]any) {
	maps.Copy(o, values)
	if len(traversal) > address {
		if _, is := traversal[address].(hcl.TraverseIndex); is {
			o["for_each"] = "${var." + unknown + "}"
		}
	}
}

// withIDs returns the configuration of a noun with an id for each nil.
func withIDs(values map[string]any) map[string]any {
	all := map[string]any{}
	for name, value := range values {
		if value == nil {
			value = anID
		}
		all[name] = value
	}
	return all
}

// required returns values of the attributes of a block that must be set, and of its ids.
func required(s *tfprotov6.Schema) map[string]any {
	all := map[string]any{}
	if s == nil {
		return all
	}
	for _, a := range s.Block.Attributes {
		if a.Required || a.Optional && (a.Name == "id" || a.Name == "chatbot_id") {
			all[a.Name] = anID
		}
	}
	return all
}

func encode(t *testing.T, o object) string {
	t.Helper()
	raw, err := json.Marshal(o)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}
