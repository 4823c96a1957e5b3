package sourcetag

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

var (
	_ resource.ResourceWithConfigure   = &Resource{}
	_ resource.ResourceWithIdentity    = &Resource{}
	_ resource.ResourceWithImportState = &Resource{}
	_ resource.ResourceWithModifyPlan  = &Resource{}
)

// NewResource makes the resource aichatbothub_source_tag.
func NewResource() resource.Resource { return &Resource{} }

// Resource is aichatbothub_source_tag.
type Resource struct{ base.Resource }

// Metadata implements resource.Resource.
func (r *Resource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_source_tag"
}

// Create implements resource.Resource. It sends one request: when the response has no sources, the tag has those that were sent.
func (r *Resource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	defer base.Recover(&resp.Diagnostics)
	var plan model
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() || !r.Ready(&resp.Diagnostics) {
		return
	}
	settings := plan.changes(model{})
	created, err := r.Hub.CreateSourceTag(ctx, plan.chatbot(), settings)
	if err != nil {
		plan.failure("create", settings).Report(&resp.Diagnostics, err)
		return
	}
	state := plan
	state.read(created)
	base.KeepPlannedValues(ctx, &resp.State, plan, &state).Warn(&resp.Diagnostics, "source tag "+state.object())
	resp.Diagnostics.Append(resp.Identity.Set(ctx, state.identity())...)
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}

// Read implements resource.Resource.
func (r *Resource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	defer base.Recover(&resp.Diagnostics)
	var state model
	resp.Diagnostics.Append(base.Load(ctx, req.State, &state)...)
	resp.Diagnostics.Append(base.SaveIdentity(ctx, resp.Identity, state.identity())...)
	if resp.Diagnostics.HasError() || r.Hub == nil {
		return
	}
	found, err := r.Hub.SourceTag(ctx, state.chatbot(), state.hubID(), state.ModifiedAt.ValueString())
	switch {
	case hub.IsGone(err):
		r.Gone(ctx, req, resp, "source tag", "chatbot")
	case err != nil:
		state.failure("read", hub.SourceTagSettings{}).Report(&resp.Diagnostics, err)
	default:
		before := state
		state.read(found)
		resp.Diagnostics.Append(base.SaveRead(ctx, &resp.State, before, state)...)
		state.failure("read", hub.SourceTagSettings{}).WarnUnreadable(ctx, resp.State, found.Unreadable, &resp.Diagnostics)
	}
}

// Update implements resource.Resource. It sends only the changed values, and no request when nothing changed.
func (r *Resource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	defer base.Recover(&resp.Diagnostics)
	var config, plan, state model
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() || !r.Ready(&resp.Diagnostics) {
		return
	}
	settings := plan.changes(state)
	answer := hub.SourceTag{Object: hub.Object{ID: state.hubID()}} // without a request everything stays as it is
	var err error
	if settings != (hub.SourceTagSettings{}) {
		answer, err = r.Hub.UpdateSourceTag(ctx, state.chatbot(), state.hubID(), settings)
	}
	if err != nil {
		state.failure("update", settings).Report(&resp.Diagnostics, err)
		return
	}
	next := plan
	if next.ModifiedAt.IsUnknown() {
		next.ModifiedAt = state.ModifiedAt
	}
	next.read(answer)
	if config.SourceIDs.IsNull() { // another value at the service is nothing that it did not apply
		next.SourceIDs = plan.SourceIDs
	}
	base.KeepPlannedValues(ctx, &resp.State, plan, &next).Warn(&resp.Diagnostics, "source tag "+next.object())
	resp.Diagnostics.Append(resp.Identity.Set(ctx, state.identity())...)
	resp.Diagnostics.Append(resp.State.Set(ctx, next)...)
}

// Delete implements resource.Resource. A source tag that no longer exists counts as deleted. Its sources stay.
func (r *Resource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	defer base.Recover(&resp.Diagnostics)
	var state model
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() || !r.Ready(&resp.Diagnostics) {
		return
	}
	if err := r.Hub.DeleteSourceTag(ctx, state.chatbot(), state.hubID()); err != nil {
		state.failure("delete", hub.SourceTagSettings{}).Report(&resp.Diagnostics, err)
	}
}

// ImportState implements resource.ResourceWithImportState.
func (r *Resource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	defer base.Recover(&resp.Diagnostics)
	r.Import(ctx, req, resp, "chatbot_id", "id")
}
