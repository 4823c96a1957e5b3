package protocol

import (
	"context"
	"maps"
	"slices"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// frameworkServer is the interface of the framework's server.
type frameworkServer interface {
	tfprotov6.ProviderServer
	tfprotov6.ListResourceServer
	tfprotov6.ActionServer
}

// NewServer returns a server of Terraform's plugin protocol for a provider. It is the framework's server, except that calls which arrive
// after StopProvider are cancelled too, and that the context of a call is released when the call returns.
func NewServer(p provider.Provider) tfprotov6.ProviderServer {
	inner := providerserver.NewProtocol6(p)()
	if full, ok := inner.(frameworkServer); ok {
		return &server{frameworkServer: full, cancels: map[*context.CancelFunc]bool{}, actions: map[chan struct{}]bool{}}
	}
	return inner
}

// server wraps the framework's server. Only calls that can wait for the service are wrapped. Calls that clean up, such as
// CloseEphemeralResource, are not: they have to run after StopProvider.
type server struct {
	frameworkServer
	mu      sync.Mutex
	stopped bool
	cancels map[*context.CancelFunc]bool // of the calls in progress
	actions map[chan struct{}]bool       // closed at the ends of the actions in progress
}

// StopProvider implements tfprotov6.ProviderServer. It returns when the reports of the actions in progress were sent (action.go).
func (s *server) StopProvider(ctx context.Context, req *tfprotov6.StopProviderRequest) (*tfprotov6.StopProviderResponse, error) {
	s.mu.Lock()
	s.stopped = true
	for cancel := range s.cancels {
		(*cancel)()
	}
	actions := slices.Collect(maps.Keys(s.actions))
	s.mu.Unlock()
	awaitActions(ctx, actions)
	return s.frameworkServer.StopProvider(ctx, req)
}

// ConfigureProvider implements tfprotov6.ProviderServer. It starts a new run: a server that Terraform attaches to serves several.
func (s *server) ConfigureProvider(ctx context.Context, req *tfprotov6.ConfigureProviderRequest) (*tfprotov6.ConfigureProviderResponse, error) {
	s.mu.Lock()
	s.stopped = false
	s.mu.Unlock()
	resp, err := s.frameworkServer.ConfigureProvider(ctx, req)
	if err == nil {
		resp.Diagnostics = withWholeNumbers(resp.Diagnostics)
	}
	return resp, err
}

// forward makes a call of the framework's server, with a context that is cancelled by StopProvider and detached when the call returns.
func forward[Req, Resp any](ctx context.Context, s *server, req Req, call func(context.Context, Req) (Resp, error)) (Resp, error) {
	ctx, end := s.begin(ctx)
	defer end()
	return call(ctx, req)
}

// begin returns the context of a call, which is cancelled by StopProvider and detached by end.
func (s *server) begin(ctx context.Context) (_ context.Context, end func()) {
	c := newCallContext(ctx)
	ctx, cancel := context.WithCancel(c)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.cancels[&cancel] = true
	if s.stopped {
		cancel()
	}
	return ctx, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.cancels, &cancel)
		cancel()
		c.detach()
	}
}

// ValidateResourceConfig implements tfprotov6.ProviderServer.
func (s *server) ValidateResourceConfig(ctx context.Context, req *tfprotov6.ValidateResourceConfigRequest) (*tfprotov6.ValidateResourceConfigResponse, error) {
	return forward(ctx, s, req, func(ctx context.Context, req *tfprotov6.ValidateResourceConfigRequest) (*tfprotov6.ValidateResourceConfigResponse, error) {
		resp, err := s.frameworkServer.ValidateResourceConfig(ctx, req)
		if err == nil && len(resp.Diagnostics) > 0 {
			resp.Diagnostics = withWholeNumbers(s.withoutMembersOfNothing(ctx, req, resp.Diagnostics))
		}
		return resp, err
	})
}

// withoutMembersOfNothing removes the diagnostics about members of objects that are null or unknown. The framework takes all members of such an
// element of a list for null, and reports the required ones as missing, although an unknown object may have them.
func (s *server) withoutMembersOfNothing(ctx context.Context, req *tfprotov6.ValidateResourceConfigRequest, diags []*tfprotov6.Diagnostic) []*tfprotov6.Diagnostic {
	schemas, err := s.GetProviderSchema(ctx, &tfprotov6.GetProviderSchemaRequest{})
	if err != nil || schemas.ResourceSchemas[req.TypeName] == nil {
		return diags
	}
	config, err := req.Config.Unmarshal(schemas.ResourceSchemas[req.TypeName].ValueType())
	if err != nil {
		return diags
	}
	return slices.DeleteFunc(diags, func(d *tfprotov6.Diagnostic) bool {
		steps := d.Attribute.Steps()
		if len(steps) < 2 {
			return false
		}
		found, _, err := tftypes.WalkAttributePath(config, tftypes.NewAttributePathWithSteps(steps[:len(steps)-1]))
		object, isValue := found.(tftypes.Value)
		return err == nil && isValue && (object.IsNull() || !object.IsKnown())
	})
}

// ReadResource implements tfprotov6.ProviderServer.
func (s *server) ReadResource(ctx context.Context, req *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	return forward(ctx, s, req, s.frameworkServer.ReadResource)
}

// PlanResourceChange implements tfprotov6.ProviderServer.
func (s *server) PlanResourceChange(ctx context.Context, req *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	resp, err := forward(ctx, s, req, s.frameworkServer.PlanResourceChange)
	if err == nil {
		resp.Diagnostics = withWholeNumbers(resp.Diagnostics)
	}
	return resp, err
}

// ApplyResourceChange implements tfprotov6.ProviderServer.
func (s *server) ApplyResourceChange(ctx context.Context, req *tfprotov6.ApplyResourceChangeRequest) (*tfprotov6.ApplyResourceChangeResponse, error) {
	return forward(ctx, s, req, s.frameworkServer.ApplyResourceChange)
}

// ImportResourceState implements tfprotov6.ProviderServer.
func (s *server) ImportResourceState(ctx context.Context, req *tfprotov6.ImportResourceStateRequest) (*tfprotov6.ImportResourceStateResponse, error) {
	return forward(ctx, s, req, s.frameworkServer.ImportResourceState)
}

// ReadDataSource implements tfprotov6.ProviderServer.
func (s *server) ReadDataSource(ctx context.Context, req *tfprotov6.ReadDataSourceRequest) (*tfprotov6.ReadDataSourceResponse, error) {
	return forward(ctx, s, req, s.frameworkServer.ReadDataSource)
}

// OpenEphemeralResource implements tfprotov6.ProviderServer.
func (s *server) OpenEphemeralResource(ctx context.Context, req *tfprotov6.OpenEphemeralResourceRequest) (*tfprotov6.OpenEphemeralResourceResponse, error) {
	return forward(ctx, s, req, s.frameworkServer.OpenEphemeralResource)
}
