package acctest

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/zclconf/go-cty/cty"
)

// workspace is what Terraform keeps between the steps of a test.
type workspace struct {
	e       *Env
	s       *Server
	objects map[string]*Object // those in the state, by address
	nodes   map[string]*node   // the block that an object was last made or changed with
	order   []string           // addresses of objects in the order of their creation
	tainted map[string]bool
	data    map[string]tftypes.Value
	outputs map[string]cty.Value
}

// change is the plan of one object, or of a data source that is read during the apply.
type change struct {
	node    *node
	object  *Object
	planned Planned
	delete  bool
	read    bool
	imports bool
	prior   tftypes.Value
}

func (c *change) empty() bool {
	return !c.delete && !c.read && c.object.Empty(c.planned)
}

// begin configures the provider as each command of Terraform does.
func (w *workspace) begin(c *configuration) error {
	schema := w.s.Schema.Provider
	config, err := c.provider.evaluate(schema, values{})
	if err != nil {
		return err
	}
	value, err := toProtocol(config, schema)
	if err != nil {
		return err
	}
	dv, err := tfprotov6.NewDynamicValue(schema.ValueType(), value)
	if err != nil {
		return err
	}
	valid, err := w.s.ValidateProviderConfig(w.s.t.Context(), &tfprotov6.ValidateProviderConfigRequest{Config: &dv})
	if err != nil {
		return err
	}
	if err := c.provider.explain(refusal("validate", valid.Diagnostics)); err != nil {
		return err
	}
	if err := w.validate(c); err != nil {
		return err
	}
	configured, err := w.s.ConfigureProvider(w.s.t.Context(), &tfprotov6.ConfigureProviderRequest{TerraformVersion: "1.14.0", Config: &dv})
	if err != nil {
		return err
	}
	return c.provider.explain(refusal("configure", configured.Diagnostics))
}

// validate calls the provider's validation for each block. The values that a block refers to are unknown.
func (w *workspace) validate(c *configuration) error {
	known := values{}
	var errs []error
	for _, n := range c.nodes {
		switch n.kind {
		case managedNode, dataNode:
			schema := w.schema(n)
			known[n.address] = cty.UnknownVal(ctyType(schema.ValueType()))
			errs = append(errs, w.validateNode(n, schema, known))
		case localNode:
			value, diags := n.body.Attributes[n.name].Expr.Value(known.context())
			if diags.HasErrors() {
				return diags
			}
			known[n.address] = value
		}
	}
	return errors.Join(errs...)
}

func (w *workspace) validateNode(n *node, schema *tfprotov6.Schema, known values) error {
	config, err := n.config(schema, known)
	if err != nil {
		return err
	}
	if n.kind == managedNode {
		return n.explain(w.s.Object(n.typeName).Validate(config))
	}
	dv, err := tfprotov6.NewDynamicValue(schema.ValueType(), config)
	if err != nil {
		return err
	}
	resp, err := w.s.ValidateDataResourceConfig(w.s.t.Context(), &tfprotov6.ValidateDataResourceConfigRequest{TypeName: n.typeName, Config: &dv})
	if err != nil {
		return err
	}
	return n.explain(refusal("validate", resp.Diagnostics))
}

func (w *workspace) schema(n *node) *tfprotov6.Schema {
	if n.kind == dataNode {
		return w.s.Schema.DataSourceSchemas[n.typeName]
	}
	return w.s.Schema.ResourceSchemas[n.typeName]
}

func (n *node) config(schema *tfprotov6.Schema, known values) (tftypes.Value, error) {
	config, err := n.evaluate(schema, known)
	if err != nil {
		return tftypes.Value{}, err
	}
	return toProtocol(config, schema)
}

// plan plans the whole configuration; with destroy, it plans that every object is deleted.
func (w *workspace) plan(c *configuration, refresh, destroy bool) ([]*change, error) {
	if err := w.begin(c); err != nil {
		return nil, err
	}
	if refresh {
		for _, address := range slices.Clone(w.order) {
			if err := w.nodes[address].explain(w.objects[address].Refresh()); err != nil {
				return nil, err
			}
			if w.objects[address].State.IsNull() {
				w.forget(address)
			}
		}
	}
	w.data = map[string]tftypes.Value{}
	deletions, err := w.planDeletions(c, destroy)
	if err != nil || destroy {
		return deletions, err
	}
	known, changes := values{}, deletions
	for _, n := range c.nodes {
		one, err := w.planNode(c, n, known, changes)
		if err != nil {
			return nil, err
		}
		if one != nil {
			changes = append(changes, one)
		}
	}
	return changes, nil
}

// planDeletions plans the objects that are to go, the newest first.
func (w *workspace) planDeletions(c *configuration, all bool) ([]*change, error) {
	var changes []*change
	for _, address := range slices.Backward(w.order) {
		if !all && slices.ContainsFunc(c.nodes, func(n *node) bool { return n.address == address }) {
			continue
		}
		o, n := w.objects[address], w.nodes[address]
		p, err := o.Plan(o.none())
		if err := n.explain(err); err != nil {
			return nil, err
		}
		changes = append(changes, &change{node: n, object: o, planned: p, delete: true, prior: o.State})
	}
	return changes, nil
}

// planNode plans a node. changes are those of the nodes before it.
func (w *workspace) planNode(c *configuration, n *node, known values, changes []*change) (*change, error) {
	if n.kind == localNode || n.kind == outputNode {
		return nil, w.evaluateExpression(n, known)
	}
	schema := w.schema(n)
	config, err := n.config(schema, known)
	if err != nil {
		return nil, err
	}
	if n.kind == dataNode {
		if !config.IsFullyKnown() || c.waits(n, changes) {
			known[n.address], err = fromProtocol(deferred(schema, config), schema)
			return &change{node: n, read: true}, err
		}
		return nil, w.read(n, config, known)
	}
	o := w.objects[n.address]
	id, imports := c.imports[n.address]
	if imports = imports && o == nil; o == nil {
		o = w.s.Object(n.typeName)
	}
	if imports {
		if err := n.explain(o.Import(id)); err != nil {
			return nil, err
		}
	}
	if err := n.explain(o.Validate(config)); err != nil {
		return nil, err
	}
	ch := &change{node: n, object: o, imports: imports, prior: o.State}
	if w.tainted[n.address] {
		ch.planned, _, err = o.plan(config, o.none(), nil, nil)
		ch.planned.Replaces = true
	} else {
		ch.planned, err = o.Plan(config)
	}
	if err := n.explain(err); err != nil {
		return nil, err
	}
	known[n.address], err = fromProtocol(ch.planned.Value, schema)
	return ch, err
}

func (w *workspace) evaluateExpression(n *node, known values) error {
	name := n.name
	if n.kind == outputNode {
		name = "value"
	}
	value, diags := n.body.Attributes[name].Expr.Value(known.context())
	if diags.HasErrors() {
		return diags
	}
	if n.kind == outputNode {
		w.outputs[n.name] = value
		return nil
	}
	known[n.address] = value
	return nil
}

func (w *workspace) read(n *node, config tftypes.Value, known values) error {
	schema := w.schema(n)
	if err := w.validateNode(n, schema, known); err != nil {
		return err
	}
	dv, err := tfprotov6.NewDynamicValue(schema.ValueType(), config)
	if err != nil {
		return err
	}
	resp, err := w.s.ReadDataSource(w.s.t.Context(), &tfprotov6.ReadDataSourceRequest{TypeName: n.typeName, Config: &dv})
	if err != nil {
		return err
	}
	if err := n.explain(refusal("read", resp.Diagnostics)); err != nil {
		return err
	}
	value, err := resp.State.Unmarshal(schema.ValueType())
	if err != nil {
		return err
	}
	w.data[n.address] = asConfigured(value)
	known[n.address], err = fromProtocol(w.data[n.address], schema)
	return err
}

// explain formats a diagnostic of the provider as Terraform prints it, with the address and the argument, if it has one.
func (n *node) explain(err error) error {
	var refused *RefusalError
	if !errors.As(err, &refused) {
		return err
	}
	var text strings.Builder
	for _, d := range refused.Diagnostics {
		fmt.Fprintf(&text, "\nError: %s\n\n  with %s,\n", d.Summary, n.address)
		text.WriteString(n.line(blamed(d.Attribute)))
		fmt.Fprintf(&text, "\n%s\n", d.Detail)
	}
	return errors.New(text.String())
}

// addresses are the addresses in the state, sorted.
func (w *workspace) addresses() []string {
	return slices.Sorted(maps.Keys(w.objects))
}

// blamed is the argument whose line Terraform shows under an error: that of an attribute or of its elements, and none for a member of an object.
func blamed(path *tftypes.AttributePath) string {
	if path == nil || len(path.Steps()) == 0 {
		return ""
	}
	for _, step := range path.Steps()[1:] {
		if _, member := step.(tftypes.AttributeName); member {
			return ""
		}
	}
	name, _ := path.Steps()[0].(tftypes.AttributeName)
	return string(name)
}
