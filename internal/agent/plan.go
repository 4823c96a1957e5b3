package agent

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// validate checks what depends on the type of the agent. Unknown values are checked when they are known.
func (m *model) validate(diags *diag.Diagnostics) {
	for _, f := range fields {
		value := f.value(m)
		if m.Type.IsUnknown() || value.IsNull() || value.IsUnknown() || f.appliesTo(m.Type.ValueString()) {
			continue
		}
		diags.AddAttributeError(path.Root(f.attribute), "Attribute does not apply to this type of agent",
			fmt.Sprintf("%s is for agents of the type %s only, and this one is of the type %s. Remove the attribute, or change the type.",
				f.attribute, strings.Join(hub.TypesWithSetting(f.setting), ", "), m.Type.ValueString()))
	}
	if m.Type.ValueString() == hub.HumanEscalation && m.Prompt.ValueString() != "" {
		diags.AddAttributeError(path.Root("prompt"), "Attribute does not apply to this type of agent",
			"An agent of the type human-escalation hands over to a human and has no prompt. Remove the attribute, or change the type.")
	}
	if m.UseAllSources.ValueBool() && (m.SourceIDs.IsUnknown() || len(m.SourceIDs.Elements()) > 0) { // a generated configuration has both, with none
		diags.AddAttributeError(path.Root("source_ids"), "Conflicting source arguments",
			"While use_all_sources is true, the agent answers from all sources of the chatbot and the service ignores source_ids. Remove one of the two arguments.")
	}
}

// derive sets the planned values that depend on others: a configured list of sources turns use_all_sources off, and prompt_sha256 is the
// hash of the prompt.
func (m *model) derive(config model) {
	if config.UseAllSources.IsNull() && !config.SourceIDs.IsNull() {
		m.UseAllSources = types.BoolValue(false)
		if config.SourceIDs.IsUnknown() { // it may turn out to be null
			m.UseAllSources = types.BoolUnknown()
		}
	}
	m.PromptSHA256 = promptHash(m.Prompt)
	if !m.Type.IsUnknown() {
		m.clearOtherTypes() // a read will return null for them
	}
}

// settle makes the plan equal to the state, except for the chatbot, when no setting of the service would change, and reports whether one
// would. The framework marks computed values unknown when a value is only written differently, which would be an update that changes nothing.
func (m *model) settle(ctx context.Context, state model, diags *diag.Diagnostics) (changed bool) {
	if !m.Type.Equal(state.Type) || m.anyUnknown(ctx) {
		return true
	}
	s := m.changes(ctx, state, diags)
	if s != (hub.AgentSettings{}) || !m.Variables.Equal(state.Variables) || !m.Tags.Equal(state.Tags) {
		return true
	}
	planned := m.ChatbotID
	*m = state
	m.ChatbotID = planned
	return false
}

// keepSources plans the list of sources of an agent whose configuration does not have one. It is the prior list, except that an agent that
// uses all sources has none, and that it is not known which list the service has kept for an agent that ceases to use all. A source that is
// destroyed in the same apply disappears from the list at the service, which the next refresh reads.
func (m *model) keepSources(state model) {
	switch {
	case m.UseAllSources.IsUnknown() || !has(m.Type.ValueString(), "source_ids"):
	case m.UseAllSources.ValueBool():
		m.SourceIDs = types.SetValueMust(types.StringType, nil)
	case !state.UseAllSources.ValueBool():
		m.SourceIDs = state.SourceIDs
	}
}

// anyUnknown reports whether a configurable value or a part of it is not known yet.
func (m *model) anyUnknown(ctx context.Context) bool {
	return slices.ContainsFunc(fields, func(f field) bool {
		raw, err := f.value(m).ToTerraformValue(ctx)
		return err != nil || !raw.IsFullyKnown()
	})
}

// ModifyPlan implements resource.ResourceWithModifyPlan.
func (r *Resource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	defer base.Recover(&resp.Diagnostics)
	r.RecordDeletion(ctx, req, resp)
	r.PlanParents(req, resp, "chatbot_id")
	if req.Plan.Raw.IsNull() {
		return
	}
	var config, plan, state model
	resp.Diagnostics.Append(base.Load(ctx, req.Config, &config)...)
	resp.Diagnostics.Append(base.Load(ctx, req.Plan, &plan)...)
	if !req.State.Raw.IsNull() {
		resp.Diagnostics.Append(base.Load(ctx, req.State, &state)...)
	}
	if resp.Diagnostics.HasError() {
		return
	}
	modifyPlan(ctx, r.Resource, &config, &plan, &state, &resp.Diagnostics)
	resp.Diagnostics.Append(base.SavePlan(ctx, &resp.Plan, plan)...)
}

// modifyPlan modifies the plan of an agent or a default agent: it derives values, avoids updates that change nothing, and compares the model
// with those that the service lists. A state without an id is that of an agent that does not exist yet.
func modifyPlan(ctx context.Context, r base.Resource, config, plan, state *model, diags *diag.Diagnostics) {
	plan.derive(*config)
	if !state.ID.IsNull() && config.SourceIDs.IsNull() {
		plan.keepSources(*state)
	}
	changed := true
	if !state.ID.IsNull() && !config.SourceIDs.IsUnknown() {
		if changed = plan.settle(ctx, *state, diags); changed {
			plan.ModifiedAt = types.StringUnknown() // the framework detects no change where only a derived value changes
		}
	}
	compareModel(ctx, r, modelToCompare(r.UnlistedModels, config, plan, state, changed), diags)
}
