package message

import (
	"context"
	"errors"

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

// NewResource makes the resource aichatbothub_message.
func NewResource() resource.Resource { return &Resource{} }

// Resource is aichatbothub_message.
type Resource struct{ base.Resource }

// Metadata implements resource.Resource.
func (r *Resource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_message"
}

// Create implements resource.Resource. It asks once. A message without a complete answer exists all the same: it goes into the state, and
// the error taints it, so that the next apply deletes it and asks again.
func (r *Resource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	defer base.Recover(&resp.Diagnostics)
	var plan resourceModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() || !r.Ready(&resp.Diagnostics) {
		return
	}
	message, err := r.Hub.Ask(ctx, plan.session(), plan.Query.ValueString())
	if asked, _ := errors.AsType[*hub.AskError](err); err == nil || asked != nil && asked.ID != "" {
		state := plan
		state.read(message)
		resp.Diagnostics.Append(resp.Identity.Set(ctx, state.identity())...)
		resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
		state.warnIfTruncated(&resp.Diagnostics)
	}
	if asked, _ := errors.AsType[*hub.AskError](err); asked != nil && !asked.Since.IsZero() {
		resp.Diagnostics.Append(resp.State.Set(ctx, plan.unresolved())...)
		resp.Diagnostics.Append(resp.Private.SetKey(ctx, sinceKey, encodeSince(asked.Since))...)
	}
	if err != nil {
		plan.reportAskError(err, &resp.Diagnostics)
	}
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
	found, err := r.find(ctx, state, req.Private, &resp.Diagnostics)
	switch {
	case resp.Diagnostics.HasError():
	case hub.IsGone(err):
		r.Gone(ctx, req, resp, "message", "session")
	case err != nil:
		state.failure("read").Report(&resp.Diagnostics, err)
	default:
		before := state
		state.read(found)
		resp.Diagnostics.Append(base.SaveIdentity(ctx, resp.Identity, state.identity())...)
		resp.Diagnostics.Append(base.SaveRead(ctx, &resp.State, before, state)...)
		state.failure("read").WarnUnreadable(ctx, resp.State, found.Unreadable, &resp.Diagnostics)
	}
}

// Update implements resource.Resource. The only change that does not replace the message is adding triggers, which sends nothing.
func (r *Resource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	defer base.Recover(&resp.Diagnostics)
	var plan resourceModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}
	resp.Diagnostics.Append(resp.Identity.Set(ctx, plan.identity())...)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
}

// Delete implements resource.Resource. A message that no longer exists, alone or with its session, counts as deleted.
func (r *Resource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	defer base.Recover(&resp.Diagnostics)
	var state resourceModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() || !r.Ready(&resp.Diagnostics) {
		return
	}
	if state.ID.IsNull() {
		found, err := r.find(ctx, state, req.Private, &resp.Diagnostics)
		switch {
		case hub.IsGone(err) || resp.Diagnostics.HasError():
			return
		case err != nil:
			state.failure("delete").Report(&resp.Diagnostics, err)
			return
		}
		state.read(found)
	}
	if err := r.Hub.DeleteMessage(ctx, state.session(), state.hubID()); err != nil {
		state.failure("delete").Report(&resp.Diagnostics, err)
	}
}

// ImportState implements resource.ResourceWithImportState.
func (r *Resource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	defer base.Recover(&resp.Diagnostics)
	r.Import(ctx, req, resp, "session_id", "id")
}
