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
	if resp.Diagnostics.HasError() || !r.Ready(&resp.Diagnostics) || !r.inChatbot(ctx, &plan, &resp.Diagnostics) {
		return
	}
	out := firstHeaders(&plan, &config, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	settings := plan.changes(&model{})
	settings.Headers, settings.Parameters = out.headers, []byte(parametersJSON(plan.Parameters))
	f, err := r.Hub.CreateToolFunction(ctx, plan.chatbot(), plan.agent(), settings, redactions(out.hidden))
	if err != nil {
		plan.failure("create", out.hidden).Report(&resp.Diagnostics, err)
		return
	}
	state := plan
	state.read(f, out.record)
	resp.Diagnostics.Append(resp.Identity.Set(ctx, state.identity())...)
	refusals := state.keepPlanned(plan.model)
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
	out.record.save(ctx, resp.Private, &resp.Diagnostics)
	out.checkSecrets(f.Headers, refusals)
	refusals.Warn(&resp.Diagnostics, "tool function "+state.object())
}

// Read implements resource.Resource. Identity comes first: without it a tool function that is gone could not be removed from the state.
func (r *Resource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	defer base.Recover(&resp.Diagnostics)
	var state resourceModel
	resp.Diagnostics.Append(base.Load(ctx, req.State, &state)...)
	resp.Diagnostics.Append(base.SaveIdentity(ctx, resp.Identity, state.identity())...)
	rec := load(ctx, req.Private, &resp.Diagnostics)
	if resp.Diagnostics.HasError() || r.Hub == nil {
		return
	}
	f, err := r.Hub.ToolFunction(hub.After(ctx, state.ModifiedAt.ValueString()), state.chatbot(), state.agent(), state.hubID())
	if err != nil {
		if hub.IsGone(err) {
			base.Gone(ctx, req, resp, "tool function", "agent", "chatbot")
			return
		}
		state.failure("read", nil).Report(&resp.Diagnostics, err)
		return
	}
	if rec != nil && f.Headers != nil {
		_, hidden := split(f.Headers, texts(state.Headers), rec)
		rec.Drift = rec.look(hidden)
		rec.save(ctx, resp.Private, &resp.Diagnostics)
	}
	state.read(f, rec)
	resp.Diagnostics.Append(base.Save(ctx, &resp.State, state)...)
}

// Update implements resource.Resource. It sends what changed, and nothing when that is nothing the service stores.
func (r *Resource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	defer base.Recover(&resp.Diagnostics)
	var plan, state, config resourceModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	rec := load(ctx, req.Private, &resp.Diagnostics)
	if resp.Diagnostics.HasError() || !r.Ready(&resp.Diagnostics) {
		return
	}
	out := r.outgoing(ctx, &state, &plan, &config, rec, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	settings := plan.changes(&state.model)
	settings.Headers = out.headers
	next := plan
	next.ModifiedAt = state.ModifiedAt
	if !settings.Empty() {
		secrets := texts(config.SecretHeaders)
		f, err := r.Hub.UpdateToolFunction(ctx, state.chatbot(), state.hubID(), settings, redactions(secrets, out.hidden))
		if err != nil {
			state.failure("update", out.hidden).Report(&resp.Diagnostics, err)
			return
		}
		next.read(f, out.record)
		refusals := next.keepPlanned(plan.model)
		out.checkSecrets(f.Headers, refusals)
		refusals.Warn(&resp.Diagnostics, "tool function "+next.object())
	}
	resp.Diagnostics.Append(resp.Identity.Set(ctx, state.identity())...)
	resp.Diagnostics.Append(resp.State.Set(ctx, next)...)
	out.record.save(ctx, resp.Private, &resp.Diagnostics)
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
	}
}

// ImportState implements resource.ResourceWithImportState.
func (r *Resource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	defer base.Recover(&resp.Diagnostics)
	base.Import(ctx, req, resp, "chatbot_id", "agent_id", "id")
}
