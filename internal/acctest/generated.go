package acctest

import (
	"math/big"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// PlanImported imports by identity, and plans the configuration that Terraform generates for the imported object. It returns the names of
// the attributes that would change, or the diagnostics of the first step that has any.
func (s *Server) PlanImported(typeName string, identity map[string]string) (changes []string, diags []*tfprotov6.Diagnostic) {
	s.t.Helper()
	return s.planGenerated(typeName, s.imported(typeName, identity))
}

// PlanImportedID is PlanImported for an import by an import string.
func (s *Server) PlanImportedID(typeName, id string) (changes []string, diags []*tfprotov6.Diagnostic) {
	s.t.Helper()
	return s.planGenerated(typeName, s.importedBy(&tfprotov6.ImportResourceStateRequest{TypeName: typeName, ID: id}))
}

// planGenerated plans the configurations that Terraform and OpenTofu generate for an object. They differ in empty texts.
func (s *Server) planGenerated(typeName string, read *tfprotov6.ReadResourceResponse) (changes []string, diags []*tfprotov6.Diagnostic) {
	s.t.Helper()
	if len(read.Diagnostics) > 0 {
		return nil, read.Diagnostics
	}
	for _, emptyAsNull := range []bool{true, false} {
		if changes, diags = s.planConfiguration(typeName, read, emptyAsNull); len(changes)+len(diags) > 0 {
			return changes, diags
		}
	}
	return nil, nil
}

func (s *Server) planConfiguration(typeName string, read *tfprotov6.ReadResourceResponse, emptyAsNull bool) (changes []string, diags []*tfprotov6.Diagnostic) {
	s.t.Helper()
	schema := s.Schema.ResourceSchemas[typeName]
	ty := schema.ValueType()
	state := s.attributes(ty, read.NewState)
	config := generated(schema.Block.Attributes, state, emptyAsNull)
	dv := s.value(schema, config)
	valid, err := s.ValidateResourceConfig(s.t.Context(), &tfprotov6.ValidateResourceConfigRequest{TypeName: typeName, Config: dv,
		ClientCapabilities: &tfprotov6.ValidateResourceConfigClientCapabilities{WriteOnlyAttributesAllowed: true}})
	s.must(err)
	if len(valid.Diagnostics) > 0 {
		return nil, valid.Diagnostics
	}
	for _, a := range schema.Block.Attributes { // what Terraform proposes: the configuration, and else what is computed
		if config[a.Name].IsNull() && a.Computed {
			config[a.Name] = state[a.Name]
		}
	}
	plan, err := s.PlanResourceChange(s.t.Context(), &tfprotov6.PlanResourceChangeRequest{TypeName: typeName, PriorState: read.NewState, PriorPrivate: read.Private,
		ProposedNewState: s.value(schema, config), Config: dv, PriorIdentity: read.NewIdentity})
	s.must(err)
	for name, planned := range s.attributes(ty, plan.PlannedState) {
		if !planned.Equal(state[name]) {
			changes = append(changes, name)
		}
	}
	for _, at := range plan.RequiresReplace {
		changes = append(changes, "replaced by "+at.String())
	}
	return changes, plan.Diagnostics
}

// generated returns the configuration that Terraform generates for an object: all configurable attributes that are not sensitive. Terraform
// writes an empty optional string as null, OpenTofu as it is. A number is parsed with more precision than a float64 has.
func generated(attributes []*tfprotov6.SchemaAttribute, object map[string]tftypes.Value, emptyAsNull bool) map[string]tftypes.Value {
	config := map[string]tftypes.Value{}
	for _, a := range attributes {
		v := object[a.Name]
		var text string
		empty := emptyAsNull && a.Optional && v.Type().Is(tftypes.String) && v.As(&text) == nil && text == ""
		var number big.Float
		if config[a.Name] = v; v.Type().Is(tftypes.Number) && !v.IsNull() && v.As(&number) == nil {
			exact, _, err := big.ParseFloat(number.Text('g', -1), 10, 512, big.ToNearestEven)
			if err == nil {
				config[a.Name] = tftypes.NewValue(tftypes.Number, exact)
			}
		}
		if !a.Required && !a.Optional || a.Sensitive || empty {
			config[a.Name] = tftypes.NewValue(v.Type(), nil)
		}
	}
	return config
}
