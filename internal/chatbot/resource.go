package chatbot

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

// NewResource makes the resource aichatbothub_chatbot.
func NewResource() resource.Resource { return &Resource{} }

// Resource is aichatbothub_chatbot.
type Resource struct{ base.Resource }

// Metadata implements resource.Resource.
func (r *Resource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_chatbot"
}

// Create implements resource.Resource.
func (r *Resource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	defer base.Recover(&resp.Diagnostics)
	var plan resourceModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	settings := plan.settings(ctx, &resp.Diagnostics)
	if resp.Diagnostics.HasError() || !r.Ready(&resp.Diagnostics) {
		return
	}
	bot, err := r.Hub.CreateChatbot(ctx, settings)
	if err != nil {
		plan.failure("create").Report(&resp.Diagnostics, err)
		return
	}
	state := plan
	state.read(r.Hub, bot)
	resp.Diagnostics.Append(resp.Identity.Set(ctx, identity{ID: state.ID})...)
	state.keepPlanned(plan.model).Warn(&resp.Diagnostics, "chatbot "+state.object())
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}

// Read implements resource.Resource. Identity comes first: without it a chatbot that is gone could not be removed from the state.
func (r *Resource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	defer base.Recover(&resp.Diagnostics)
	var state resourceModel
	resp.Diagnostics.Append(base.Load(ctx, req.State, &state)...)
	resp.Diagnostics.Append(base.SaveIdentity(ctx, resp.Identity, identity{ID: state.ID})...)
	if resp.Diagnostics.HasError() || r.Hub == nil {
		return
	}
	bot, err := r.Hub.Chatbot(ctx, state.hubID())
	if err != nil {
		if hub.IsGone(err) {
			r.Gone(ctx, req, resp, "chatbot")
			return
		}
		state.failure("read").Report(&resp.Diagnostics, err)
		return
	}
	before := state
	state.readWhole(r.Hub, bot)
	resp.Diagnostics.Append(base.SaveRead(ctx, &resp.State, before, state)...)
	state.failure("read").WarnUnreadable(ctx, resp.State, bot.Unreadable, &resp.Diagnostics)
}

// Update implements resource.Resource. The service does not store deletion_protection, so a change of it alone sends nothing.
func (r *Resource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	defer base.Recover(&resp.Diagnostics)
	var plan, state resourceModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	settings, before := plan.settings(ctx, &resp.Diagnostics), state.settings(ctx, &resp.Diagnostics)
	if resp.Diagnostics.HasError() || !r.Ready(&resp.Diagnostics) {
		return
	}
	next := plan
	if settings != before {
		bot, err := r.Hub.UpdateChatbot(ctx, state.hubID(), settings)
		if err != nil {
			state.failure("update").Report(&resp.Diagnostics, err)
			return
		}
		next.read(r.Hub, bot)
		next.keepPlanned(plan.model).Warn(&resp.Diagnostics, "chatbot "+next.object())
	}
	if next.ModifiedAt.IsUnknown() {
		next.ModifiedAt = state.ModifiedAt
	}
	resp.Diagnostics.Append(resp.Identity.Set(ctx, identity{ID: state.ID})...)
	resp.Diagnostics.Append(resp.State.Set(ctx, next)...)
}

// Delete implements resource.Resource. A forced replacement never shows the provider a plan to destroy, so the protection is looked
// at here as well.
func (r *Resource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	defer base.Recover(&resp.Diagnostics)
	var state resourceModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() || state.protected(&resp.Diagnostics) || !r.Ready(&resp.Diagnostics) {
		return
	}
	if err := r.Hub.DeleteChatbot(ctx, state.hubID()); err != nil {
		state.failure("delete").Report(&resp.Diagnostics, err)
	}
}

// ImportState implements resource.ResourceWithImportState. The address of the chatbot's widget does as well as its id.
func (r *Resource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	defer base.Recover(&resp.Diagnostics)
	req.ID = base.WidgetID(req.ID)
	r.Import(ctx, req, resp, "id")
}
