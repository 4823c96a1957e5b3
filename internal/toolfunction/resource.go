package toolfunction

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

var (
	_ resource.ResourceWithConfigure      = &Resource{}
	_ resource.ResourceWithIdentity       = &Resource{}
	_ resource.ResourceWithImportState    = &Resource{}
	_ resource.ResourceWithModifyPlan     = &Resource{}
	_ resource.ResourceWithValidateConfig = &Resource{}
)

// NewResource makes the resource aichatbothub_tool_function.
func NewResource() resource.Resource { return &Resource{} }

// Resource is aichatbothub_tool_function.
type Resource struct{ base.Resource }

// Metadata implements resource.Resource.
func (r *Resource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_tool_function"
}

// Create implements resource.Resource.
func (r *Resource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	defer base.Recover(&resp.Diagnostics)
	var plan, config resourceModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() || !r.Ready(&resp.Diagnostics) || !r.checkAgent(ctx, &plan, &resp.Diagnostics) {
		return
	}
	update := createHeaders(&plan, &config, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	r.Managed.ToolFunctions.Create(plan.agent(), plan.Name.ValueString())
	r.Hub.Remember(update.secret)
	settings := plan.changes(&model{})
	settings.Headers, settings.Parameters = update.headers, []byte(parametersJSON(plan.Parameters))
	f, err := r.Hub.CreateToolFunction(ctx, plan.chatbot(), plan.agent(), settings)
	if err != nil {
		plan.failure("create", update.secret).Report(&resp.Diagnostics, err)
		return
	}
	state := plan
	state.read(f, update.hashes)
	r.Managed.ToolFunctions.Plan(plan.agent(), plan.Name.ValueString(), state.hubID())
	resp.Diagnostics.Append(resp.Identity.Set(ctx, state.identity())...)
	notApplied := base.KeepPlannedValues(ctx, &resp.State, plan, &state)
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
	update.hashes.save(ctx, resp.Private, &resp.Diagnostics)
	update.checkResponse(f.Headers, notApplied)
	notApplied.Warn(&resp.Diagnostics, "tool function "+state.object())
}

// Read implements resource.Resource. It sets the identity first, because Terraform requires one even when the tool function is removed.
func (r *Resource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	defer base.Recover(&resp.Diagnostics)
	var state resourceModel
	resp.Diagnostics.Append(base.Load(ctx, req.State, &state)...)
	resp.Diagnostics.Append(base.SaveIdentity(ctx, resp.Identity, state.identity())...)
	hashes := loadHashes(ctx, req.Private, &resp.Diagnostics)
	if resp.Diagnostics.HasError() || r.Hub == nil {
		return
	}
	f, err := r.Hub.ToolFunction(ctx, state.chatbot(), state.agent(), state.hubID(), state.ModifiedAt.ValueString())
	if err != nil {
		if hub.IsGone(err) {
			r.Gone(ctx, req, resp, "tool function", "agent", "chatbot")
			return
		}
		state.failure("read", nil).Report(&resp.Diagnostics, err)
		return
	}
	_, secret := splitHeaders(f.Headers, stringMap(state.Headers), hashes)
	r.Hub.Remember(secret)
	if hashes != nil && f.Headers != nil {
		hashes.Drift = hashes.drift(secret)
		hashes.save(ctx, resp.Private, &resp.Diagnostics)
	}
	before := state
	state.read(f, hashes)
	resp.Diagnostics.Append(base.SaveRead(ctx, &resp.State, before, state)...)
	state.failure("read", nil).WarnUnreadable(ctx, resp.State, f.Unreadable, &resp.Diagnostics)
}

// Update implements resource.Resource. It sends only the changed values, and no request when nothing changed.
func (r *Resource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	defer base.Recover(&resp.Diagnostics)
	var plan, state, config resourceModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	hashes := loadHashes(ctx, req.Private, &resp.Diagnostics)
	if resp.Diagnostics.HasError() || !r.Ready(&resp.Diagnostics) {
		return
	}
	r.Hub.Remember(stringMap(config.SecretHeaders))
	update := r.updateHeaders(ctx, &state, &plan, &config, hashes, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	settings := plan.changes(&state.model)
	settings.Headers = update.headers
	next := plan
	next.ModifiedAt = state.ModifiedAt
	if !settings.Empty() {
		r.Hub.Remember(update.secret)
		f, err := r.Hub.UpdateToolFunction(ctx, state.chatbot(), state.hubID(), settings)
		if err != nil {
			state.failure("update", update.secret).Report(&resp.Diagnostics, err)
			return
		}
		next.read(f, update.hashes)
		notApplied := base.KeepPlannedValues(ctx, &resp.State, plan, &next)
		update.checkResponse(f.Headers, notApplied)
		notApplied.Warn(&resp.Diagnostics, "tool function "+next.object())
	}
	resp.Diagnostics.Append(resp.Identity.Set(ctx, state.identity())...)
	resp.Diagnostics.Append(resp.State.Set(ctx, next)...)
	update.hashes.save(ctx, resp.Private, &resp.Diagnostics)
}

// Delete implements resource.Resource.
func (r *Resource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	defer base.Recover(&resp.Diagnostics)
	var state resourceModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() || !r.Ready(&resp.Diagnostics) {
		return
	}
	if err := r.Hub.DeleteToolFunction(ctx, state.chatbot(), state.agent(), state.hubID()); err != nil {
		state.failure("delete", nil).Report(&resp.Diagnostics, err)
		return
	}
	r.Managed.ToolFunctions.Delete(state.hubID())
}

// ImportState implements resource.ResourceWithImportState.
func (r *Resource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	defer base.Recover(&resp.Diagnostics)
	r.Import(ctx, req, resp, "chatbot_id", "agent_id", "id")
}
