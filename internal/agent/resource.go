package agent

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

var (
	_ resource.ResourceWithConfigure      = &Resource{}
	_ resource.ResourceWithIdentity       = &Resource{}
	_ resource.ResourceWithImportState    = &Resource{}
	_ resource.ResourceWithModifyPlan     = &Resource{}
	_ resource.ResourceWithMoveState      = &Resource{}
	_ resource.ResourceWithValidateConfig = &Resource{}
)

// NewResource makes the resource aichatbothub_agent.
func NewResource() resource.Resource { return &Resource{} }

// Resource is aichatbothub_agent.
type Resource struct{ base.Resource }

// Metadata implements resource.Resource.
func (r *Resource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_agent"
}

// ValidateConfig implements resource.ResourceWithValidateConfig.
func (r *Resource) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	defer base.Recover(&resp.Diagnostics)
	var config model
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if !resp.Diagnostics.HasError() {
		config.validate(&resp.Diagnostics)
	}
}

// Create implements resource.Resource. The service takes some settings with an update only, so there may be two requests; the id is in
// the state before the second one.
func (r *Resource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	defer base.Recover(&resp.Diagnostics)
	var plan model
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	first, then := forCreate(plan.Type.ValueString(), plan.changes(ctx, model{}, &resp.Diagnostics))
	if resp.Diagnostics.HasError() || !r.Ready(&resp.Diagnostics) {
		return
	}
	made, err := r.create(ctx, plan, first)
	if err != nil {
		r.createFailed(ctx, plan, err, &resp.Diagnostics)
		return
	}
	state := plan
	state.read(made)
	resp.Diagnostics.Append(resp.Identity.Set(ctx, state.identity())...)
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
	if err := r.finish(ctx, &state, plan, made, then); err != nil {
		f := state.failure("create")
		f.Done = base.Tainted("agent")
		f.Report(&resp.Diagnostics, err)
		return
	}
	state.keepPlanned(plan, plan).Warn(&resp.Diagnostics, "agent "+state.object())
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}

// finish sends the settings that a create does not accept, and reads what neither answer contains.
func (r *Resource) finish(ctx context.Context, state *model, plan model, made hub.Agent, then hub.AgentSettings) error {
	if then.Enabled != nil && made.Enabled != nil && *made.Enabled == *then.Enabled {
		then.Enabled = nil
	}
	if e := then.HumanEscalationSettings; e != nil && !e.Whole() {
		// Members that are not configured keep the service's values. The whole object is sent, so they are read first.
		have, err := r.Hub.Agent(ctx, state.chatbot(), state.hubID(), made.ModifiedAt)
		if err != nil {
			return err
		}
		e.FillFrom(have.HumanEscalationSettings)
	}
	answer := made
	if then != (hub.AgentSettings{}) {
		var err error
		if answer, err = r.Hub.UpdateAgent(ctx, state.chatbot(), state.hubID(), then); err != nil {
			return err
		}
	}
	if plan.HumanEscalationSettings.IsUnknown() && answer.HumanEscalationSettings == nil && has(plan.Type.ValueString(), "human_escalation_settings") {
		var err error
		if answer, err = r.Hub.Agent(ctx, state.chatbot(), state.hubID(), answer.ModifiedAt); err != nil {
			return err
		}
	}
	next := plan
	next.read(made)
	if then.DataSourceUUIDs != nil {
		next.SourceIDs = plan.SourceIDs // sent after that answer; assumed to be applied if the next answer lacks it
	}
	next.read(answer)
	*state = next
	return nil
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
	found, err := r.Hub.Agent(ctx, state.chatbot(), state.hubID(), state.ModifiedAt.ValueString())
	switch {
	case hub.IsGone(err):
		r.Gone(ctx, req, resp, "agent", "chatbot")
	case err != nil:
		state.failure("read").Report(&resp.Diagnostics, err)
	default:
		before := state
		state.read(found)
		resp.Diagnostics.Append(base.SaveRead(ctx, &resp.State, before, state)...)
		state.failure("read").WarnUnreadable(ctx, resp.State, found.Unreadable, &resp.Diagnostics)
	}
}

// Update implements resource.Resource. Each edit of a name, description or prompt makes the service rebuild its routing, so only what
// changed is sent, and nothing if nothing changed.
func (r *Resource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	defer base.Recover(&resp.Diagnostics)
	var config, plan, state model
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() || !r.Ready(&resp.Diagnostics) {
		return
	}
	next, err := updateAgent(ctx, r.Hub, plan, state, config, &resp.Diagnostics)
	if err != nil {
		state.failure("update").Report(&resp.Diagnostics, err)
		return
	}
	resp.Diagnostics.Append(resp.Identity.Set(ctx, state.identity())...)
	resp.Diagnostics.Append(resp.State.Set(ctx, next)...)
}

// updateAgent sends the difference between plan and state, and returns the new state. config tells which values are configured.
func updateAgent(ctx context.Context, c *hub.Client, plan, state, config model, diags *diag.Diagnostics) (model, error) {
	settings := plan.changes(ctx, state, diags)
	next := plan
	next.keepPrior(state)
	if diags.HasError() || settings == (hub.AgentSettings{}) {
		return next, nil
	}
	answer, err := c.UpdateAgent(ctx, state.chatbot(), state.hubID(), settings)
	if err == nil && answer.DataSourceUUIDs == nil && plan.SourceIDs.IsUnknown() && has(state.Type.ValueString(), "source_ids") {
		answer, err = c.Agent(ctx, state.chatbot(), state.hubID(), "") // the service kept a list while it ignored it
	}
	if err != nil {
		return next, err
	}
	next.read(answer)
	next.keepPlanned(plan, config).Warn(diags, "agent "+next.object())
	return next, nil
}

// Delete implements resource.Resource. It succeeds for an agent that does not exist.
func (r *Resource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	defer base.Recover(&resp.Diagnostics)
	var state model
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() || !r.Ready(&resp.Diagnostics) {
		return
	}
	if err := r.Hub.DeleteAgent(ctx, state.chatbot(), state.hubID()); err != nil {
		state.failure("delete").Report(&resp.Diagnostics, err)
	}
}

// ImportState implements resource.ResourceWithImportState.
func (r *Resource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	defer base.Recover(&resp.Diagnostics)
	r.Import(ctx, req, resp, "chatbot_id", "id")
}
