// Package provider is the Terraform provider: the lists of its resources and data sources, its schema and its configuration.
package provider

import (
	"context"
	"os"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/agent"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/answertest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/chatbot"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/faq"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/knowledgebase"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/managed"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/message"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/protocol"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/session"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/snapshot"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/source"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/sourcetag"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/toolfunction"
)

// Address is the address of the provider in the registries.
const Address = "registry.terraform.io/aichatbothub/aichatbothub"

var (
	_ provider.ProviderWithActions            = &Provider{}
	_ provider.ProviderWithEphemeralResources = &Provider{}
	_ provider.ProviderWithFunctions          = &Provider{}
	_ provider.ProviderWithListResources      = &Provider{}
	_ provider.ProviderWithValidateConfig     = &Provider{}
)

// Provider is the provider aichatbothub.
type Provider struct {
	version string
	options []Option
	opened  session.OpenSessions
}

// Option changes the configuration of the client. Tests shorten waits with it.
type Option func(*hub.Config)

// New returns a function that creates a provider. version is part of the User-Agent header.
func New(version string, options ...Option) func() provider.Provider {
	return func() provider.Provider { return &Provider{version: version, options: options} }
}

// Serve serves the provider to the Terraform that started this process, until Terraform ends it. Then it deletes ephemeral sessions that a
// failed run left open; Terraform waits two seconds for that. debug is as in protocol.Serve.
func Serve(ctx context.Context, version string, debug bool) error {
	p := &Provider{version: version}
	err := protocol.Serve(Address, p, debug)
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second)
	defer cancel()
	p.opened.Close(ctx)
	return err
}

// Metadata implements provider.Provider.
func (p *Provider) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName, resp.Version = "aichatbothub", p.version
}

// Resources implements provider.Provider.
func (p *Provider) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{
		chatbot.NewResource,
		agent.NewResource,
		agent.NewDefaultResource,
		toolfunction.NewResource,
		source.NewResource,
		knowledgebase.NewResource,
		sourcetag.NewResource,
		session.NewResource,
		message.NewResource,
		answertest.NewResource,
	}
}

// DataSources implements provider.Provider.
func (p *Provider) DataSources(context.Context) []func() datasource.DataSource {
	return []func() datasource.DataSource{
		chatbot.NewDataSource,
		chatbot.NewListDataSource,
		snapshot.NewDataSource,
		agent.NewDataSource,
		agent.NewListDataSource,
		agent.NewModelsDataSource,
		toolfunction.NewListDataSource,
		source.NewDataSource,
		source.NewListDataSource,
		sourcetag.NewDataSource,
		sourcetag.NewListDataSource,
		session.NewDataSource,
		session.NewListDataSource,
		message.NewListDataSource,
	}
}

// EphemeralResources implements provider.ProviderWithEphemeralResources.
func (p *Provider) EphemeralResources(context.Context) []func() ephemeral.EphemeralResource {
	return []func() ephemeral.EphemeralResource{p.opened.NewEphemeral}
}

// Functions implements provider.ProviderWithFunctions. Terraform calls them without a configured provider.
func (p *Provider) Functions(context.Context) []func() function.Function {
	return []func() function.Function{faq.NewFunction}
}

// ListResources implements provider.ProviderWithListResources. Terraform lists them with `terraform query`.
func (p *Provider) ListResources(context.Context) []func() list.ListResource {
	return []func() list.ListResource{
		chatbot.NewList,
		agent.NewList,
		toolfunction.NewList,
		source.NewList,
		sourcetag.NewList,
		session.NewList,
	}
}

// Actions implements provider.ProviderWithActions.
func (p *Provider) Actions(context.Context) []func() action.Action {
	return []func() action.Action{source.NewRetrainAction}
}

// ValidateConfig implements provider.ProviderWithValidateConfig. A missing key alone is not an error here, because `terraform validate`
// needs no credentials. If there is any other problem, a missing key is reported with it: otherwise the user would see it only in the next
// run, because Terraform does not configure a provider that is not valid.
func (p *Provider) ValidateConfig(ctx context.Context, req provider.ValidateConfigRequest, resp *provider.ValidateConfigResponse) {
	defer base.Recover(&resp.Diagnostics)
	var m model
	resp.Diagnostics.Append(req.Config.Get(ctx, &m)...)
	if resp.Diagnostics.HasError() {
		return
	}
	if s := resolve(m, os.Getenv); s.problems > 0 {
		resp.Diagnostics.Append(s.reports(m)...)
	}
}

// Configure implements provider.Provider. It sends no request.
func (p *Provider) Configure(ctx context.Context, req provider.ConfigureRequest, resp *provider.ConfigureResponse) {
	defer base.Recover(&resp.Diagnostics)
	var m model
	resp.Diagnostics.Append(req.Config.Get(ctx, &m)...)
	if resp.Diagnostics.HasError() {
		return
	}
	s := resolve(m, os.Getenv)
	resp.Diagnostics.Append(s.reports(m)...)
	if resp.Diagnostics.HasError() {
		return
	}
	data := base.ProviderData{Managed: &managed.Registry{}, UnlistedModels: s.unlisted}
	if s.unknown == nil {
		cfg := s.config
		cfg.UserAgent = "terraform-provider-aichatbothub/" + p.version + " terraform/" + req.TerraformVersion
		for _, option := range p.options {
			option(&cfg)
		}
		data.Hub = hub.New(cfg)
	}
	resp.ResourceData, resp.DataSourceData, resp.EphemeralResourceData, resp.ListResourceData, resp.ActionData = data, data, data, data, data
	switch {
	case s.unknown == nil:
	case req.ClientCapabilities.DeferralAllowed:
		resp.Deferred = &provider.Deferred{Reason: provider.DeferredReasonProviderConfigUnknown}
	default:
		resp.Diagnostics.AddAttributeWarning(*s.unknown, "Provider configuration is not known yet",
			"This value depends on something that has not been applied yet. The provider sends no requests until it is known: the plan shows existing objects as they are in the "+
				"state, and data sources of this provider cannot be read. The apply uses the real value.")
	}
}
