package acctest

import (
	"context"
	"iter"
	"maps"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/protocol"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/provider"
)

// Server is the provider at the level of the protocol. Tests of features of a newer Terraform run with any Terraform this way.
type Server struct {
	tfprotov6.ProviderServer
	Schema *tfprotov6.GetProviderSchemaResponse
	t      testing.TB
}

// Server returns a new provider that is configured for this service.
func (e *Env) Server(t testing.TB, options ...provider.Option) *Server {
	t.Helper()
	s := NewServer(t, options...)
	resp, err := s.ConfigureProvider(t.Context(), &tfprotov6.ConfigureProviderRequest{TerraformVersion: "1.14.0",
		Config: s.value(s.Schema.Provider, map[string]tftypes.Value{
			"api_key": tftypes.NewValue(tftypes.String, e.Key()), "base_url": tftypes.NewValue(tftypes.String, e.URL),
		})})
	s.must(err)
	s.Clean(resp.Diagnostics)
	return s
}

// NewServer returns a new provider that is not configured. options are applied after ShortWaits.
func NewServer(t testing.TB, options ...provider.Option) *Server {
	t.Helper()
	s := &Server{ProviderServer: protocol.NewServer(provider.New("test", append([]provider.Option{ShortWaits}, options...)...)()), t: t}
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

// value returns an object of a schema. Attributes that values does not have are null.
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

// Config returns the configuration of a resource. Attributes that values does not have are null.
func (s *Server) Config(typeName string, values map[string]tftypes.Value) *tfprotov6.DynamicValue {
	s.t.Helper()
	return s.value(s.Schema.ResourceSchemas[typeName], values)
}

// Strings returns strings as values.
func Strings(texts map[string]string) map[string]tftypes.Value {
	values := map[string]tftypes.Value{}
	for name, text := range texts {
		values[name] = tftypes.NewValue(tftypes.String, text)
	}
	return values
}

// Import imports by identity (every part is a string), then reads, as Terraform does. It returns the attributes of the state and of the
// identity, or the diagnostics of the first step that has any.
func (s *Server) Import(typeName string, identity map[string]string) (state, id map[string]tftypes.Value, diags []*tfprotov6.Diagnostic) {
	s.t.Helper()
	read := s.imported(typeName, identity)
	if len(read.Diagnostics) > 0 {
		return nil, nil, read.Diagnostics
	}
	return s.attributes(s.Schema.ResourceSchemas[typeName].ValueType(), read.NewState), s.attributes(s.identityType(typeName), read.NewIdentity.IdentityData), nil
}

// ImportID imports by an import string, then reads. It returns the diagnostics of both steps.
func (s *Server) ImportID(typeName, id string) []*tfprotov6.Diagnostic {
	s.t.Helper()
	return s.importedBy(&tfprotov6.ImportResourceStateRequest{TypeName: typeName, ID: id}).Diagnostics
}

func (s *Server) imported(typeName string, identity map[string]string) *tfprotov6.ReadResourceResponse {
	s.t.Helper()
	idType := s.identityType(typeName)
	value, err := tfprotov6.NewDynamicValue(idType, tftypes.NewValue(idType, Strings(identity)))
	s.must(err)
	return s.importedBy(&tfprotov6.ImportResourceStateRequest{TypeName: typeName, Identity: &tfprotov6.ResourceIdentityData{IdentityData: &value}})
}

func (s *Server) importedBy(req *tfprotov6.ImportResourceStateRequest) *tfprotov6.ReadResourceResponse {
	s.t.Helper()
	imported, err := s.ImportResourceState(s.t.Context(), req)
	s.must(err)
	if len(imported.Diagnostics) > 0 {
		return &tfprotov6.ReadResourceResponse{Diagnostics: imported.Diagnostics}
	}
	one := imported.ImportedResources[0]
	read, err := s.ReadResource(s.t.Context(), &tfprotov6.ReadResourceRequest{TypeName: req.TypeName, CurrentState: one.State, CurrentIdentity: one.Identity, Private: one.Private})
	s.must(err)
	return read
}

func (s *Server) identityType(typeName string) tftypes.Type {
	s.t.Helper()
	schemas, err := s.GetResourceIdentitySchemas(s.t.Context(), &tfprotov6.GetResourceIdentitySchemasRequest{})
	s.must(err)
	return schemas.IdentitySchemas[typeName].ValueType()
}

// attributes returns the attributes of an object; nil if it is null.
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

// Create plans and applies a new resource, as Terraform does. It calls between after the plan, and returns the diagnostics of the apply.
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

// lister is a provider with list resources. The interface of the library will be removed.
type lister interface {
	ValidateListResourceConfig(context.Context, *tfprotov6.ValidateListResourceConfigRequest) (*tfprotov6.ValidateListResourceConfigResponse, error)
	ListResource(context.Context, *tfprotov6.ListResourceRequest) (*tfprotov6.ListResourceServerStream, error)
}

// Stream validates a list block and starts to list, as Terraform does. If the block is invalid, its diagnostics are the only result. A limit
// of 0 means no limit.
func (s *Server) Stream(typeName string, filters map[string]tftypes.Value, include bool, limit int64) iter.Seq[tfprotov6.ListResourceResult] {
	s.t.Helper()
	provider, ok := s.ProviderServer.(lister)
	if !ok {
		s.t.Fatal("the provider has no list resources")
	}
	config := s.value(s.Schema.ListResourceSchemas[typeName], filters)
	valid, err := provider.ValidateListResourceConfig(s.t.Context(), &tfprotov6.ValidateListResourceConfigRequest{TypeName: typeName, Config: config})
	s.must(err)
	if len(valid.Diagnostics) > 0 {
		return func(push func(tfprotov6.ListResourceResult) bool) {
			push(tfprotov6.ListResourceResult{Diagnostics: valid.Diagnostics})
		}
	}
	stream, err := provider.ListResource(s.t.Context(), &tfprotov6.ListResourceRequest{TypeName: typeName, Config: config, IncludeResource: include, Limit: limit})
	s.must(err)
	return stream.Results
}

// Listed is one result of a list. State is nil if the resource was not requested.
type Listed struct {
	Name        string
	Identity    map[string]string
	State       map[string]tftypes.Value
	Diagnostics []*tfprotov6.Diagnostic
}

// List returns the results of a list, including those with diagnostics.
func (s *Server) List(typeName string, filters map[string]tftypes.Value, include bool, limit int64) []Listed {
	s.t.Helper()
	var all []Listed
	for result := range s.Stream(typeName, filters, include, limit) {
		one := Listed{Name: result.DisplayName, Diagnostics: result.Diagnostics}
		if result.Identity != nil {
			one.Identity = map[string]string{}
			for name, v := range s.attributes(s.identityType(typeName), result.Identity.IdentityData) {
				var part string
				s.must(v.As(&part))
				one.Identity[name] = part
			}
		}
		if result.Resource != nil {
			one.State = s.attributes(s.Schema.ResourceSchemas[typeName].ValueType(), result.Resource)
		}
		all = append(all, one)
	}
	return all
}
