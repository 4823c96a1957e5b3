package provider

import (
	"context"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// framework is what the framework's server offers.
type framework interface {
	tfprotov6.ProviderServer
	tfprotov6.ListResourceServer
}

// NewServer speaks Terraform's protocol for a provider. The framework's own server does the work, and this one makes good two things:
//   - That one ends what is under way when a run is stopped, and knows nothing of it in what comes after: a call that Terraform sends in
//     the same moment would wait for a silent service until its timeouts, minutes after Ctrl-C.
//   - It keeps the contexts of all calls, with the loggers in them, until the provider ends: 16 kB for each call, and four calls for each
//     object of a plan.
func NewServer(p provider.Provider) tfprotov6.ProviderServer {
	inner := providerserver.NewProtocol6(p)()
	if lists, ok := inner.(framework); ok {
		return &server{framework: lists, calls: map[*context.CancelFunc]bool{}}
	}
	return inner
}

// server is the framework's server with calls that end with the run, also those that come after its end, and leave nothing behind. What
// cleans up is left alone.
type server struct {
	framework
	mu      sync.Mutex
	stopped bool
	calls   map[*context.CancelFunc]bool
}

// StopProvider implements tfprotov6.ProviderServer.
func (s *server) StopProvider(ctx context.Context, req *tfprotov6.StopProviderRequest) (*tfprotov6.StopProviderResponse, error) {
	s.mu.Lock()
	s.stopped = true
	for cancel := range s.calls {
		(*cancel)()
	}
	s.mu.Unlock()
	return s.framework.StopProvider(ctx, req)
}

// ConfigureProvider implements tfprotov6.ProviderServer. It begins a run: a server to which Terraform attaches serves several.
func (s *server) ConfigureProvider(ctx context.Context, req *tfprotov6.ConfigureProviderRequest) (*tfprotov6.ConfigureProviderResponse, error) {
	s.mu.Lock()
	s.stopped = false
	s.mu.Unlock()
	return s.framework.ConfigureProvider(ctx, req)
}

// during answers a call with a context that ends when the run does, and is empty when the call has ended.
func during[Req, Resp any](ctx context.Context, s *server, req Req, answer func(context.Context, Req) (Resp, error)) (Resp, error) {
	l := lend(ctx)
	defer l.end()
	ctx, cancel := context.WithCancel(l)
	defer cancel()
	s.mu.Lock()
	s.calls[&cancel] = true
	if s.stopped {
		cancel()
	}
	s.mu.Unlock()
	defer func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.calls, &cancel)
	}()
	return answer(ctx, req)
}

// ValidateResourceConfig implements tfprotov6.ProviderServer.
func (s *server) ValidateResourceConfig(ctx context.Context, req *tfprotov6.ValidateResourceConfigRequest) (*tfprotov6.ValidateResourceConfigResponse, error) {
	return during(ctx, s, req, s.framework.ValidateResourceConfig)
}

// UpgradeResourceState implements tfprotov6.ProviderServer.
func (s *server) UpgradeResourceState(ctx context.Context, req *tfprotov6.UpgradeResourceStateRequest) (*tfprotov6.UpgradeResourceStateResponse, error) {
	return during(ctx, s, req, s.framework.UpgradeResourceState)
}

// ReadResource implements tfprotov6.ProviderServer.
func (s *server) ReadResource(ctx context.Context, req *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	return during(ctx, s, req, s.framework.ReadResource)
}

// PlanResourceChange implements tfprotov6.ProviderServer.
func (s *server) PlanResourceChange(ctx context.Context, req *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	return during(ctx, s, req, s.framework.PlanResourceChange)
}

// ApplyResourceChange implements tfprotov6.ProviderServer.
func (s *server) ApplyResourceChange(ctx context.Context, req *tfprotov6.ApplyResourceChangeRequest) (*tfprotov6.ApplyResourceChangeResponse, error) {
	return during(ctx, s, req, s.framework.ApplyResourceChange)
}

// ImportResourceState implements tfprotov6.ProviderServer.
func (s *server) ImportResourceState(ctx context.Context, req *tfprotov6.ImportResourceStateRequest) (*tfprotov6.ImportResourceStateResponse, error) {
	return during(ctx, s, req, s.framework.ImportResourceState)
}

// ReadDataSource implements tfprotov6.ProviderServer.
func (s *server) ReadDataSource(ctx context.Context, req *tfprotov6.ReadDataSourceRequest) (*tfprotov6.ReadDataSourceResponse, error) {
	return during(ctx, s, req, s.framework.ReadDataSource)
}

// OpenEphemeralResource implements tfprotov6.ProviderServer.
func (s *server) OpenEphemeralResource(ctx context.Context, req *tfprotov6.OpenEphemeralResourceRequest) (*tfprotov6.OpenEphemeralResourceResponse, error) {
	return during(ctx, s, req, s.framework.OpenEphemeralResource)
}
