package acctest

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"
)

// The kinds of nodes.
const (
	managedNode = "resource"
	dataNode    = "data"
	localNode   = "local"
	outputNode  = "output"
)

// node is a block of a configuration, or one local value.
type node struct {
	kind, typeName, name string
	address              string
	body                 *hclsyntax.Body
	references           []string // addresses
	source               []byte
}

// configuration is the part of Terraform's language that the steps of tests at the level of the protocol use.
type configuration struct {
	provider *node
	nodes    []*node           // each behind those that it refers to
	imports  map[string]string // import ids by the address that they are for
}

// functions are the functions that a configuration may call.
var functions = map[string]function.Function{"jsonencode": stdlib.JSONEncodeFunc}

// parse reads a configuration. The error names what needs a real Terraform: also everything that Terraform itself would refuse.
func (s *Server) parse(source string) (*configuration, error) {
	file, diags := hclsyntax.ParseConfig([]byte(source), "terraform_plugin_test.tf", hcl.InitialPos)
	if diags.HasErrors() {
		return nil, diags
	}
	body, ok := file.Body.(*hclsyntax.Body)
	if !ok || len(body.Attributes) > 0 {
		return nil, fmt.Errorf("arguments outside of a block")
	}
	c := &configuration{imports: map[string]string{}}
	all := map[string]*node{}
	for _, b := range body.Blocks {
		if b.Type == "import" {
			if err := c.addImport(b.Body); err != nil {
				return nil, err
			}
			continue
		}
		nodes, err := s.nodes(b, file.Bytes)
		if err != nil {
			return nil, err
		}
		for _, n := range nodes {
			if all[n.address] != nil {
				return nil, fmt.Errorf("%s is there twice", n.address)
			}
			all[n.address] = n
		}
	}
	if c.provider = all["provider"]; c.provider == nil {
		return nil, fmt.Errorf("no provider block")
	}
	delete(all, "provider")
	for address := range c.imports {
		if all[address] == nil {
			return nil, fmt.Errorf("an import to %s", address)
		}
	}
	err := c.sort(all)
	return c, err
}

// addImport reads an import block with an id that is written out.
func (c *configuration) addImport(body *hclsyntax.Body) error {
	to, id := body.Attributes["to"], body.Attributes["id"]
	if to == nil || id == nil || len(body.Attributes) != 2 || len(body.Blocks) > 0 {
		return fmt.Errorf("an import without an id, or with more")
	}
	target, diags := hcl.AbsTraversalForExpr(to.Expr)
	if diags.HasErrors() {
		return diags
	}
	name, ok := target[len(target)-1].(hcl.TraverseAttr)
	if !ok || len(target) != 2 {
		return fmt.Errorf("an import to an instance or a module")
	}
	value, diags := id.Expr.Value(nil)
	if diags.HasErrors() || value.Type() != cty.String || value.IsNull() {
		return fmt.Errorf("an import id that is no text")
	}
	c.imports[target.RootName()+"."+name.Name] = value.AsString()
	return nil
}

func (s *Server) nodes(b *hclsyntax.Block, source []byte) ([]*node, error) {
	n := &node{kind: b.Type, body: b.Body, source: source}
	var schema *tfprotov6.Schema
	switch {
	case b.Type == "provider" && len(b.Labels) == 1 && b.Labels[0] == "aichatbothub":
		n.address, schema = "provider", s.Schema.Provider
	case b.Type == managedNode && len(b.Labels) == 2:
		n.address, schema = b.Labels[0]+"."+b.Labels[1], s.Schema.ResourceSchemas[b.Labels[0]]
	case b.Type == dataNode && len(b.Labels) == 2:
		n.address, schema = "data."+b.Labels[0]+"."+b.Labels[1], s.Schema.DataSourceSchemas[b.Labels[0]]
	case b.Type == outputNode && len(b.Labels) == 1:
		n.name, n.address = b.Labels[0], "output."+b.Labels[0]
		return []*node{n}, n.refer(b.Body.Attributes)
	case b.Type == "locals":
		var locals []*node
		for name, a := range b.Body.Attributes {
			one := &node{kind: localNode, name: name, address: "local." + name, body: b.Body, source: source}
			if err := one.refer(hclsyntax.Attributes{name: a}); err != nil {
				return nil, err
			}
			locals = append(locals, one)
		}
		return locals, nil
	}
	if schema == nil {
		return nil, fmt.Errorf("a block %s %s", b.Type, strings.Join(b.Labels, " "))
	}
	if len(b.Labels) == 2 {
		n.typeName, n.name = b.Labels[0], b.Labels[1]
	}
	return []*node{n}, n.check(schema)
}

// check refuses what the schema does not have: Terraform's own errors and meta-arguments need a real Terraform.
func (n *node) check(schema *tfprotov6.Schema) error {
	if len(n.body.Blocks) > 0 {
		return fmt.Errorf("%s has a block %s", n.address, n.body.Blocks[0].Type)
	}
	known := map[string]bool{"depends_on": true}
	for _, a := range schema.Block.Attributes {
		known[a.Name] = true
		if a.Required && n.body.Attributes[a.Name] == nil {
			return fmt.Errorf("%s has no %s", n.address, a.Name)
		}
	}
	for name := range n.body.Attributes {
		if !known[name] {
			return fmt.Errorf("%s has an argument %s", n.address, name)
		}
	}
	return n.refer(n.body.Attributes)
}

// refer finds what the expressions refer to.
func (n *node) refer(attributes hclsyntax.Attributes) error {
	for _, a := range attributes {
		if diags := hclsyntax.VisitAll(a.Expr, func(e hclsyntax.Node) hcl.Diagnostics {
			call, ok := e.(*hclsyntax.FunctionCallExpr)
			if !ok {
				return nil
			}
			if _, known := functions[call.Name]; !known {
				return hcl.Diagnostics{{Severity: hcl.DiagError, Summary: "a function " + call.Name}}
			}
			return nil
		}); diags.HasErrors() {
			return diags
		}
		for _, t := range a.Expr.Variables() {
			parts := []string{t.RootName()}
			for _, step := range t[1:] {
				if attribute, ok := step.(hcl.TraverseAttr); ok {
					parts = append(parts, attribute.Name)
				}
			}
			length := 2
			if parts[0] == "data" {
				length = 3
			}
			if len(parts) < length {
				return fmt.Errorf("a reference to %s", strings.Join(parts, "."))
			}
			n.references = append(n.references, strings.Join(parts[:length], "."))
		}
	}
	return nil
}

// sort puts each node behind those that it refers to, and else in the order of addresses.
func (c *configuration) sort(all map[string]*node) error {
	visited := map[string]bool{}
	var visit func(address string) error
	visit = func(address string) error {
		n := all[address]
		if n == nil {
			return fmt.Errorf("a reference to %s", address)
		}
		if visited[address] {
			return nil
		}
		visited[address] = true
		for _, reference := range n.references {
			if err := visit(reference); err != nil {
				return err
			}
		}
		c.nodes = append(c.nodes, n)
		return nil
	}
	addresses := make([]string, 0, len(all))
	for address := range all {
		addresses = append(addresses, address)
	}
	slices.Sort(addresses)
	for _, address := range addresses {
		if err := visit(address); err != nil {
			return err
		}
	}
	return nil
}

// values are the values of nodes by address.
type values map[string]cty.Value

func (v values) context() *hcl.EvalContext {
	tree := map[string]map[string]cty.Value{}
	data := map[string]map[string]cty.Value{}
	for address, value := range v {
		parts, into := strings.Split(address, "."), tree
		if parts[0] == "data" {
			parts, into = parts[1:], data
		}
		if into[parts[0]] == nil {
			into[parts[0]] = map[string]cty.Value{}
		}
		into[parts[0]][parts[1]] = value
	}
	ctx := &hcl.EvalContext{Functions: functions, Variables: map[string]cty.Value{}}
	for name, members := range tree {
		ctx.Variables[name] = cty.ObjectVal(members)
	}
	types := map[string]cty.Value{}
	for name, members := range data {
		types[name] = cty.ObjectVal(members)
	}
	ctx.Variables["data"] = cty.ObjectVal(types)
	return ctx
}

// evaluate returns the configuration of a node with this schema.
func (n *node) evaluate(schema *tfprotov6.Schema, known values) (cty.Value, error) {
	ctx, all := known.context(), map[string]cty.Value{}
	for _, a := range schema.Block.Attributes {
		ty := attributeType(a)
		all[a.Name] = cty.NullVal(ty.WithoutOptionalAttributesDeep())
		written := n.body.Attributes[a.Name]
		if written == nil {
			continue
		}
		value, diags := written.Expr.Value(ctx)
		if diags.HasErrors() {
			return cty.NilVal, diags
		}
		value, err := convert.Convert(value, ty)
		if err != nil {
			return cty.NilVal, fmt.Errorf("Error: Incorrect attribute value type\n\n%s\nInappropriate value for attribute %q: %w", n.line(a.Name), a.Name, err)
		}
		all[a.Name] = value
	}
	return cty.ObjectVal(all), nil
}

// line is the source of an argument, as Terraform shows it under an error.
func (n *node) line(name string) string {
	a := n.body.Attributes[name]
	if a == nil {
		return ""
	}
	first, _, _ := strings.Cut(string(a.SrcRange.SliceBytes(n.source)), "\n")
	return fmt.Sprintf("  on terraform_plugin_test.tf line %d:\n  %d:   %s\n", a.SrcRange.Start.Line, a.SrcRange.Start.Line, first)
}
