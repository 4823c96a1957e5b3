package source

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

var (
	_ resource.ResourceWithConfigure        = &Resource{}
	_ resource.ResourceWithConfigValidators = &Resource{}
	_ resource.ResourceWithIdentity         = &Resource{}
	_ resource.ResourceWithImportState      = &Resource{}
	_ resource.ResourceWithModifyPlan       = &Resource{}
)

// NewResource makes the resource aichatbothub_source.
func NewResource() resource.Resource { return &Resource{} }

// Resource is aichatbothub_source.
type Resource struct{ base.Resource }

// Metadata implements resource.Resource.
func (r *Resource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_source"
}

// Create implements resource.Resource. It stores the id in the state before it waits.
func (r *Resource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	defer base.Recover(&resp.Diagnostics)
	var plan resourceModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() || !r.Ready(&resp.Diagnostics) {
		return
	}
	state, ok := r.create(ctx, plan, &resp.Diagnostics)
	if !ok {
		return
	}
	resp.Diagnostics.Append(resp.Identity.Set(ctx, state.identity())...)
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
	resp.Diagnostics.Append(state.saveTrainedAt(ctx, resp.Private)...)
	timeout, diags := plan.Timeouts.Create(ctx, defaultTimeout)
	resp.Diagnostics.Append(diags...)
	r.finish(ctx, timeout, plan, &state, afterCreate, &resp.Diagnostics)
	if !resp.Diagnostics.HasError() { // after an error the state has the values of the service, and the next plan shows the differences
		state.keepSettings(plan.createSettings)
		state.File = plan.File
		base.KeepPlannedValues(ctx, &resp.State, plan, &state).Warn(&resp.Diagnostics, "source "+state.object())
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}

// Read implements resource.Resource.
func (r *Resource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	defer base.Recover(&resp.Diagnostics)
	var state resourceModel
	resp.Diagnostics.Append(base.Load(ctx, req.State, &state)...)
	resp.Diagnostics.Append(base.SaveIdentity(ctx, resp.Identity, state.identity())...)
	if resp.Diagnostics.HasError() || r.Hub == nil {
		return
	}
	found, err := r.Hub.Source(ctx, state.chatbot(), state.hubID(), state.ModifiedAt.ValueString())
	switch {
	case hub.IsGone(err):
		r.Gone(ctx, req, resp, "source", "chatbot")
	case err != nil:
		state.failure("read").Report(&resp.Diagnostics, err)
	default:
		before := state
		state.read(found)
		resp.Diagnostics.Append(base.SaveRead(ctx, &resp.State, before, state)...)
		state.failure("read").WarnUnreadable(ctx, resp.State, found.UnreadableFields(), &resp.Diagnostics)
	}
}

// Update implements resource.Resource. It sends the title and trains the source. All other attributes are only stored in the state.
func (r *Resource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	defer base.Recover(&resp.Diagnostics)
	var plan, state resourceModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	timeout, diags := plan.Timeouts.Update(ctx, defaultTimeout)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() || !r.Ready(&resp.Diagnostics) {
		return
	}
	next := state
	next.createSettings, next.localSettings = plan.createSettings, plan.localSettings
	resp.Diagnostics.Append(resp.Identity.Set(ctx, state.identity())...)
	restart := plan.restarts(state, state.isTooOld(ctx, req.Private, plan.MaxAge))
	if restart || plan.needsTraining(state) {
		if r.train(ctx, timeout, plan, state, &next, restart, &resp.Diagnostics) {
			resp.Diagnostics.Append(next.saveTrainedAt(ctx, resp.Private)...)
		}
	} else {
		r.setTitle(ctx, plan.Title, &next, "", &resp.Diagnostics)
		if ctx.Err() != nil && !next.Title.Equal(plan.Title) { // interrupted before the title was sent; an error in an update taints nothing
			state.failure("update").Report(&resp.Diagnostics, context.Cause(ctx))
		}
	}
	if !resp.Diagnostics.HasError() {
		next.keepSettings(plan.createSettings)
		next.File = plan.File
		base.KeepPlannedValues(ctx, &resp.State, plan, &next).Warn(&resp.Diagnostics, "source "+next.object())
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, next)...)
}

// Delete implements resource.Resource. The client combines the deletes of sources of one chatbot.
func (r *Resource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	defer base.Recover(&resp.Diagnostics)
	var state resourceModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() || !r.Ready(&resp.Diagnostics) {
		return
	}
	if !r.Managed.GiveUp(state.hubID(), nil) { // a knowledge base has taken it over in this run
		return
	}
	if err := r.Hub.DeleteSource(ctx, state.chatbot(), state.hubID()); err != nil {
		state.failure("delete").Report(&resp.Diagnostics, err)
		return
	}
	r.Managed.Names.Delete(nameOf(state.chatbot(), state.FileName.ValueString()), state.hubID())
}

// ImportState implements resource.ResourceWithImportState.
func (r *Resource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	defer base.Recover(&resp.Diagnostics)
	r.Import(ctx, req, resp, "chatbot_id", "id")
}
