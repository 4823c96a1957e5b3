package acctest

import (
	"slices"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// waits reports whether depends_on makes Terraform read a data source in the apply: something that it names, or that this refers to, is
// going to change.
func (c *configuration) waits(n *node, changes []*change) bool {
	if n.body.Attributes["depends_on"] == nil {
		return false
	}
	after := &node{}
	if err := after.refer(hclsyntax.Attributes{"depends_on": n.body.Attributes["depends_on"]}); err != nil {
		return false // parse has reported it
	}
	awaited := after.references
	for i := 0; i < len(awaited); i++ {
		for _, other := range c.nodes {
			if other.address == awaited[i] {
				awaited = append(awaited, other.references...)
			}
		}
	}
	return slices.ContainsFunc(changes, func(ch *change) bool { return !ch.read && !ch.empty() && slices.Contains(awaited, ch.node.address) })
}

// deferred is the value of a data source that is read in the apply: what is computed is unknown (objchange.PlannedDataResourceObject).
func deferred(schema *tfprotov6.Schema, config tftypes.Value) tftypes.Value {
	value := map[string]tftypes.Value{}
	for _, a := range schema.Block.Attributes {
		value[a.Name] = members(config)[a.Name]
		if a.Computed && value[a.Name].IsNull() {
			value[a.Name] = tftypes.NewValue(a.ValueType(), tftypes.UnknownValue)
		}
	}
	return tftypes.NewValue(schema.ValueType(), value)
}
