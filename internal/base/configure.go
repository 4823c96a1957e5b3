package base

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/managed"
)

// ProviderData is what the provider passes to its resources and data sources. Hub is nil while the provider's configuration has unknown
// values.
type ProviderData struct {
	Hub            *hub.Client
	Managed        *managed.Registry
	UnlistedModels string // one of UnlistedModels
}

// Resource is embedded by every resource. Hub is nil while the provider's configuration has unknown values.
type Resource struct {
	Hub            *hub.Client
	Managed        *managed.Registry
	UnlistedModels string // one of UnlistedModels
}

// Configure sets the client from the provider's data.
func (r *Resource) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	data := providerData(req.ProviderData, &resp.Diagnostics)
	r.Hub, r.Managed, r.UnlistedModels = data.Hub, data.Managed, data.UnlistedModels
	if r.Managed == nil { // the provider is not configured
		r.Managed = &managed.Registry{}
	}
}

// Ready reports whether there is a client, and adds an error if not. Create, Update and Delete call it, so it records that an apply runs.
// No other method of a managed resource may call it.
func (r *Resource) Ready(diags *diag.Diagnostics) bool {
	r.Managed.StartApply()
	return ready(r.Hub, diags)
}

// DataSource is embedded by every data source.
type DataSource struct{ Hub *hub.Client }

// Configure sets the client from the provider's data.
func (d *DataSource) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	d.Hub = providerData(req.ProviderData, &resp.Diagnostics).Hub
}

// Ready reports whether there is a client, and adds an error if not.
func (d *DataSource) Ready(diags *diag.Diagnostics) bool { return ready(d.Hub, diags) }

// Ephemeral is embedded by every ephemeral resource.
type Ephemeral struct{ Hub *hub.Client }

// Configure sets the client from the provider's data.
func (e *Ephemeral) Configure(_ context.Context, req ephemeral.ConfigureRequest, resp *ephemeral.ConfigureResponse) {
	e.Hub = providerData(req.ProviderData, &resp.Diagnostics).Hub
}

// Ready reports whether there is a client, and adds an error if not.
func (e *Ephemeral) Ready(diags *diag.Diagnostics) bool { return ready(e.Hub, diags) }

// Action is embedded by every action.
type Action struct{ Hub *hub.Client }

// Configure sets the client from the provider's data.
func (a *Action) Configure(_ context.Context, req action.ConfigureRequest, resp *action.ConfigureResponse) {
	a.Hub = providerData(req.ProviderData, &resp.Diagnostics).Hub
}

// ModifyPlan checks the form of the ids that are known. It sends no request.
func (a *Action) ModifyPlan(ctx context.Context, req action.ModifyPlanRequest, resp *action.ModifyPlanResponse) {
	defer Recover(&resp.Diagnostics)
	checkConfig(ctx, req.Config, &resp.Diagnostics)
}

// providerData returns the provider's data. It is empty without a configured provider, which is not an error: nothing is configured for
// validation, or while a value of the provider block is unknown.
func providerData(data any, diags *diag.Diagnostics) ProviderData {
	d, ok := data.(ProviderData)
	if !ok && data != nil {
		diags.AddError("Unexpected provider data", fmt.Sprintf("This is a bug in the provider: the data is of type %T. %s", data, hub.ReportIt))
	}
	return d
}

func ready(c *hub.Client, diags *diag.Diagnostics) bool {
	if c != nil {
		return true
	}
	diags.AddError("Provider not configured yet",
		"A value of the provider block is not known until something else is applied, so the provider cannot send requests yet. "+
			"First apply the objects that the provider block depends on, for example with -target. Then run Terraform again.")
	return false
}
