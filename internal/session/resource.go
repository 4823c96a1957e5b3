package session

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

var (
	_ resource.ResourceWithConfigure   = &Resource{}
	_ resource.ResourceWithIdentity    = &Resource{}
	_ resource.ResourceWithImportState = &Resource{}
	_ resource.ResourceWithModifyPlan  = &Resource{}
)

// NewResource makes the resource aichatbothub_session.
func NewResource() resource.Resource { return &Resource{} }

// Resource is aichatbothub_session.
type Resource struct{ base.Resource }

// Metadata implements resource.Resource.
func (r *Resource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_session"
}

// Create implements resource.Resource.
func (r *Resource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	defer base.Recover(&resp.Diagnostics)
	var plan resourceModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() || !r.Ready(&resp.Diagnostics) {
		return
	}
	created, ok := plan.create(ctx, r.Hub, &resp.Diagnostics)
	if !ok {
		return
	}
	state := plan
	state.read(created)
	resp.Diagnostics.Append(resp.Identity.Set(ctx, identity{state.ID})...)
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
	resp.Diagnostics.Append(resp.Private.SetKey(ctx, createdKey, []byte("true"))...)
	var notApplied base.NotApplied // the state has the planned variables in any case
	base.KeepPlanned(&notApplied, "initial_variables", plan.InitialVariables, refreshVariables(plan.InitialVariables, created))
	notApplied.Warn(&resp.Diagnostics, "session "+state.ID.ValueString())
}

// Read implements resource.Resource.
func (r *Resource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	defer base.Recover(&resp.Diagnostics)
	var state resourceModel
	resp.Diagnostics.Append(base.Load(ctx, req.State, &state)...)
	resp.Diagnostics.Append(base.SaveIdentity(ctx, resp.Identity, identity{state.ID})...)
	if resp.Diagnostics.HasError() || r.Hub == nil {
		return
	}
	found, err := r.Hub.Session(ctx, state.chatbot(), state.hubID())
	switch {
	case hub.IsGone(err):
		r.Gone(ctx, req, resp, "session", "chatbot")
	case err != nil:
		state.failure("read").Report(&resp.Diagnostics, err)
	default:
		before := state
		state.read(found)
		state.InitialVariables = refreshVariables(state.InitialVariables, found)
		resp.Diagnostics.Append(base.SaveRead(ctx, &resp.State, before, state)...)
		state.failure("read").WarnUnreadable(ctx, resp.State, found.Unreadable, &resp.Diagnostics)
	}
}

// Update implements resource.Resource. The service cannot change a session: an update only stores what an import could not read.
func (r *Resource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	defer base.Recover(&resp.Diagnostics)
	var plan resourceModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}
	resp.Diagnostics.Append(resp.Identity.Set(ctx, identity{plan.ID})...)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
}

// Delete implements resource.Resource. A session that no longer exists counts as deleted.
func (r *Resource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	defer base.Recover(&resp.Diagnostics)
	var state resourceModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() || !r.Ready(&resp.Diagnostics) {
		return
	}
	if err := r.Hub.DeleteSession(ctx, state.chatbot(), state.hubID()); err != nil {
		state.failure("delete").Report(&resp.Diagnostics, err)
	}
}

// ImportState implements resource.ResourceWithImportState. An import id can contain the chatbot; otherwise, and for an identity, which is the
// id alone, the chatbot is searched for.
func (r *Resource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	defer base.Recover(&resp.Diagnostics)
	r.ImportForms(ctx, req, resp, []string{"chatbot_id", "id"}, []string{"id"})
	var state resourceModel
	if resp.Diagnostics.HasError() {
		return
	}
	resp.Diagnostics.Append(resp.State.Get(ctx, &state)...)
	if !state.ChatbotID.IsNull() {
		return
	}
	if chatbot := r.findChatbot(ctx, state.hubID()); chatbot != "" {
		resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("chatbot_id"), string(chatbot))...)
	}
}

// findChatbot searches the lists of sessions of all chatbots for a session, the oldest chatbot first, and returns the id of its chatbot. It
// returns "" when it does not find the session.
func (r *Resource) findChatbot(ctx context.Context, id hub.ID) hub.ID {
	if _, err := r.Hub.Session(ctx, "", id); err != nil {
		return "" // the following Read reports the error
	}
	for in, err := range base.ChatbotObjects(ctx, r.Hub, types.StringNull(), r.sessions, hub.OldestFirst) {
		if err == nil && in.Object.ID == id {
			return in.Chatbot
		}
	}
	return ""
}

// sessions lists all sessions of a chatbot.
func (r *Resource) sessions(ctx context.Context, chatbot hub.ID) ([]hub.Session, error) {
	return r.Hub.Sessions(ctx, chatbot, time.Time{}, time.Time{})
}
