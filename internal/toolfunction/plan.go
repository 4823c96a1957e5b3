package toolfunction

import (
	"cmp"
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// ModifyPlan implements resource.ResourceWithModifyPlan. It keeps modified_at when nothing will be sent. It marks modified_at as unknown when
// secret headers differ: they are null in every plan, so nothing else would cause an update.
func (r *Resource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	defer base.Recover(&resp.Diagnostics)
	replaces := r.RecordDeletion(ctx, req, resp)
	r.PlanParents(req, resp, "chatbot_id", "agent_id")
	if req.Plan.Raw.IsNull() {
		return
	}
	var state, plan, config resourceModel
	resp.Diagnostics.Append(base.Load(ctx, req.Plan, &plan)...)
	if !req.State.Raw.IsNull() {
		resp.Diagnostics.Append(base.Load(ctx, req.State, &state)...)
	}
	resp.Diagnostics.Append(base.Load(ctx, req.Config, &config)...)
	if r.Hub != nil {
		r.Hub.Remember(stringMap(config.SecretHeaders))
	}
	r.warnSameName(&plan, cmp.Or(state.hubID(), replaces), &resp.Diagnostics)
	if req.State.Raw.IsNull() {
		return
	}
	hashes := loadHashes(ctx, req.Private, &resp.Diagnostics)
	if resp.Diagnostics.HasError() || len(resp.RequiresReplace) > 0 {
		return // a replacement has no state to compare with
	}
	reasons := r.secretChanges(ctx, &state, &plan, config.SecretHeaders, hashes)
	switch {
	case len(reasons) > 0:
		plan.ModifiedAt = types.StringUnknown()
		warnSecretChanges(&resp.Diagnostics, &state, reasons)
	case fullyKnown(config.SecretHeaders) && plan.equal(&state.model):
		plan.ModifiedAt = state.ModifiedAt
	default: // unknown secret headers may change, but cause no update by themselves
		return
	}
	resp.Diagnostics.Append(base.SavePlan(ctx, &resp.Plan, plan)...)
}

// warnSameName warns when two tool functions of one agent are planned with the same name: the model of the agent cannot tell them apart. It
// compares only plans of this run. What the service lists besides may be deleted by the same run. object is the tool function that exists, or
// "" for a new one.
func (r *Resource) warnSameName(plan *resourceModel, object hub.ID, diags *diag.Diagnostics) {
	if plan.AgentID.IsUnknown() || plan.Name.IsUnknown() {
		return
	}
	if r.Managed.ToolFunctions.Plan(plan.agent(), plan.Name.ValueString(), object) {
		diags.AddAttributeWarning(path.Root("name"), "Duplicate tool function name",
			fmt.Sprintf("This configuration has another tool function %q for agent %s. The model of the agent calls a tool function by its name, so it cannot tell the two apart. Give one of them another name.",
				plan.Name.ValueString(), plan.AgentID.ValueString()))
	}
}

// secretChanges returns the reasons to send secret headers, by name. It returns none when secret_headers_wo is null or unknown.
func (r *Resource) secretChanges(ctx context.Context, state, plan *resourceModel, secrets types.Map, hashes *secretHashes) map[string]string {
	if secrets.IsNull() || secrets.IsUnknown() {
		return nil
	}
	if hashes == nil {
		hashes = r.hashesFromService(ctx, state)
	}
	return hashes.changes(values(secrets), stringMap(plan.Headers))
}

// hashesFromService hashes the secret headers of the service, for a tool function that was imported: headers that the service already has
// need not be sent. It returns nil when the service does not return them; then all secret headers are sent.
func (r *Resource) hashesFromService(ctx context.Context, state *resourceModel) *secretHashes {
	if r.Hub == nil {
		return nil
	}
	f, err := r.Hub.ToolFunction(ctx, state.chatbot(), state.agent(), state.hubID(), "")
	if err != nil || f.Headers == nil {
		return nil
	}
	_, secret := splitHeaders(f.Headers, stringMap(state.Headers), nil)
	hashes, err := hashSecrets(secret)
	if err != nil {
		return nil
	}
	return hashes
}

// values returns the elements of a map of strings, including unknown ones.
func values(m types.Map) map[string]types.String {
	out := make(map[string]types.String, len(m.Elements()))
	for name, v := range m.Elements() {
		if s, ok := v.(types.String); ok {
			out[name] = s
		}
	}
	return out
}

// warnSecretChanges warns which headers will be sent. The warning has no attribute, because Terraform would print its line of the
// configuration.
func warnSecretChanges(diags *diag.Diagnostics, state *resourceModel, reasons map[string]string) {
	diags.AddWarning("Secret headers will be sent",
		fmt.Sprintf("The secret headers of tool function %s differ from the configuration, so the apply sends all headers of the tool function:\n\n%s", state.object(), formatReasons(reasons)))
}

// keepSameHeaders plans the prior value when only the case of names differs.
type keepSameHeaders struct{}

func (keepSameHeaders) Description(context.Context) string {
	return "The case of names is ignored."
}

func (k keepSameHeaders) MarkdownDescription(ctx context.Context) string { return k.Description(ctx) }

func (keepSameHeaders) PlanModifyMap(_ context.Context, req planmodifier.MapRequest, resp *planmodifier.MapResponse) {
	if !req.StateValue.IsNull() && !req.PlanValue.IsNull() && sameHeaders(req.StateValue, req.PlanValue) {
		resp.PlanValue = req.StateValue
	}
}

// keepSameJSON plans the prior value for a text that is the same JSON. The framework applies semantic equality to responses and not to
// plans, so without it another order of keys would be a change.
type keepSameJSON struct{}

func (keepSameJSON) Description(context.Context) string {
	return "White space, the order of keys and the notation of numbers are ignored."
}

func (k keepSameJSON) MarkdownDescription(ctx context.Context) string { return k.Description(ctx) }

func (keepSameJSON) PlanModifyString(_ context.Context, req planmodifier.StringRequest, resp *planmodifier.StringResponse) {
	if req.StateValue.IsNull() || req.PlanValue.IsNull() || req.PlanValue.IsUnknown() {
		return
	}
	if base.SameJSON(req.StateValue.ValueString(), req.PlanValue.ValueString()) {
		resp.PlanValue = req.StateValue
	}
}
