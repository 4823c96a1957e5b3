package acctest

import (
	"maps"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/provider"
)

// Server is the provider spoken to below the CLI, so that what needs a newer Terraform than the one at hand is tested all the same.
type Server struct {
	tfprotov6.ProviderServer
	Schema *tfprotov6.GetProviderSchemaResponse
	t      testing.TB
}

// Server makes the provider and configures it for this service.
func (e *Env) Server(t testing.TB) *Server {
	t.Helper()
	s := NewServer(t)
	resp, err := s.ConfigureProvider(t.Context(), &tfprotov6.ConfigureProviderRequest{TerraformVersion: "1.14.0",
		Config: s.value(s.Schema.Provider, map[string]tftypes.Value{
			"api_key": tftypes.NewValue(tftypes.String, e.Key()), "base_url": tftypes.NewValue(tftypes.String, e.URL),
		})})
	s.must(err)
	s.Clean(resp.Diagnostics)
	return s
}

// NewServer makes the provider without configuring it.
func NewServer(t testing.TB) *Server {
	t.Helper()
	s := &Server{ProviderServer: providerserver.NewProtocol6(provider.New("test", Hurry)())(), t: t}
	var err error
	s.Schema, err = s.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	s.must(err)
	s.Clean(s.Schema.Diagnostics)
	return s
}

func (s *Server) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// Clean fails the test on any diagnostic.
func (s *Server) Clean(diags []*tfprotov6.Diagnostic) {
	s.t.Helper()
	for _, d := range diags {
		s.t.Fatalf("%s: %s\n%s", d.Severity, d.Summary, d.Detail)
	}
}

// value is an object of a schema with everything null that values does not name.
func (s *Server) value(schema *tfprotov6.Schema, values map[string]tftypes.Value) *tfprotov6.DynamicValue {
	s.t.Helper()
	object, ok := schema.ValueType().(tftypes.Object)
	if !ok {
		s.t.Fatal("the schema is no object")
	}
	all := map[string]tftypes.Value{}
	for name, ty := range object.AttributeTypes {
		all[name] = tftypes.NewValue(ty, nil)
	}
	maps.Copy(all, values)
	dv, err := tfprotov6.NewDynamicValue(object, tftypes.NewValue(object, all))
	s.must(err)
	return &dv
}

// Config is a resource's configuration with everything null that values does not name.
func (s *Server) Config(typeName string, values map[string]tftypes.Value) *tfprotov6.DynamicValue {
	s.t.Helper()
	return s.value(s.Schema.ResourceSchemas[typeName], values)
}

// Strings turns names and texts into values.
func Strings(texts map[string]string) map[string]tftypes.Value {
	values := map[string]tftypes.Value{}
	for name, text := range texts {
		values[name] = tftypes.NewValue(tftypes.String, text)
	}
	return values
}

// Import imports by identity (every part a string), then reads, as Terraform does. It gives the state's attributes and the identity's;
// diagnostics of either step end the import.
func (s *Server) Import(typeName string, identity map[string]string) (state, id map[string]tftypes.Value, diags []*tfprotov6.Diagnostic) {
	s.t.Helper()
	schemas, err := s.GetResourceIdentitySchemas(s.t.Context(), &tfprotov6.GetResourceIdentitySchemasRequest{})
	s.must(err)
	idType := schemas.IdentitySchemas[typeName].ValueType()
	value, err := tfprotov6.NewDynamicValue(idType, tftypes.NewValue(idType, Strings(identity)))
	s.must(err)
	imported, err := s.ImportResourceState(s.t.Context(), &tfprotov6.ImportResourceStateRequest{TypeName: typeName,
		Identity: &tfprotov6.ResourceIdentityData{IdentityData: &value}})
	s.must(err)
	if len(imported.Diagnostics) > 0 {
		return nil, nil, imported.Diagnostics
	}
	one := imported.ImportedResources[0]
	read, err := s.ReadResource(s.t.Context(), &tfprotov6.ReadResourceRequest{TypeName: typeName, CurrentState: one.State, CurrentIdentity: one.Identity, Private: one.Private})
	s.must(err)
	if len(read.Diagnostics) > 0 {
		return nil, nil, read.Diagnostics
	}
	return s.attributes(s.Schema.ResourceSchemas[typeName].ValueType(), read.NewState), s.attributes(idType, read.NewIdentity.IdentityData), nil
}

// attributes opens an object; nil for a null one.
func (s *Server) attributes(ty tftypes.Type, dv *tfprotov6.DynamicValue) map[string]tftypes.Value {
	s.t.Helper()
	v, err := dv.Unmarshal(ty)
	s.must(err)
	if v.IsNull() {
		return nil
	}
	out := map[string]tftypes.Value{}
	s.must(v.As(&out))
	return out
}

// Plan plans a new resource from its configuration, as Terraform does before a create.
func (s *Server) Plan(typeName string, config map[string]tftypes.Value) (planned map[string]tftypes.Value, diags []*tfprotov6.Diagnostic) {
	s.t.Helper()
	schema := s.Schema.ResourceSchemas[typeName]
	ty := schema.ValueType()
	null, err := tfprotov6.NewDynamicValue(ty, tftypes.NewValue(ty, nil))
	s.must(err)
	dv := s.Config(typeName, config)
	resp, err := s.PlanResourceChange(s.t.Context(), &tfprotov6.PlanResourceChangeRequest{TypeName: typeName, PriorState: &null, ProposedNewState: dv, Config: dv})
	s.must(err)
	return s.attributes(ty, resp.PlannedState), resp.Diagnostics
}

// Create plans and applies a new resource, as Terraform does; between runs after the plan. It gives what the apply says.
func (s *Server) Create(typeName string, config map[string]tftypes.Value, between func()) []*tfprotov6.Diagnostic {
	s.t.Helper()
	ty := s.Schema.ResourceSchemas[typeName].ValueType()
	null, err := tfprotov6.NewDynamicValue(ty, tftypes.NewValue(ty, nil))
	s.must(err)
	dv := s.Config(typeName, config)
	planned, err := s.PlanResourceChange(s.t.Context(), &tfprotov6.PlanResourceChangeRequest{TypeName: typeName, PriorState: &null, ProposedNewState: dv, Config: dv})
	s.must(err)
	s.Clean(planned.Diagnostics)
	between()
	applied, err := s.ApplyResourceChange(s.t.Context(), &tfprotov6.ApplyResourceChangeRequest{TypeName: typeName, PriorState: &null, PlannedState: planned.PlannedState, Config: dv, PlannedPrivate: planned.PlannedPrivate})
	s.must(err)
	return applied.Diagnostics
}
