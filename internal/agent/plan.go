package agent

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/agext/levenshtein"
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
			fmt.Sprintf("%s is for agents of the type %s only, and this one is %s. Remove the attribute or change the type.",
				f.attribute, strings.Join(hub.TypesWithSetting(f.setting), ", "), m.Type.ValueString()))
	}
	if m.Type.ValueString() == hub.HumanEscalation && m.Prompt.ValueString() != "" {
		diags.AddAttributeError(path.Root("prompt"), "Attribute does not apply to this type of agent",
			"An agent of the type human-escalation hands over to a human and has no prompt. Remove the attribute.")
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

// modifyPlan modifies the plan of an agent or a default agent: it derives values, avoids updates that change nothing, and warns about an
// unknown model. A state without an id is that of an agent that does not exist yet.
func modifyPlan(ctx context.Context, r base.Resource, config, plan, state *model, diags *diag.Diagnostics) {
	plan.derive(*config)
	if !state.ID.IsNull() && config.SourceIDs.IsNull() {
		plan.keepSources(*state)
	}
	if !state.ID.IsNull() && !config.SourceIDs.IsUnknown() {
		if !plan.settle(ctx, *state, diags) {
			return
		}
		plan.ModifiedAt = types.StringUnknown() // the framework detects no change where only a derived value changes
	}
	if differs(config.Model, state.Model) {
		warnModel(ctx, r.Hub, config.Model.ValueString(), diags)
	}
}

// warnModel warns about a model that the service does not list, and names the most similar ones. Without a list there is no warning: the
// service validates the model when the agent is created.
func warnModel(ctx context.Context, c *hub.Client, name string, diags *diag.Diagnostics) {
	if c == nil {
		return
	}
	models, err := c.Models(ctx)
	if err != nil || len(models) == 0 || slices.Contains(models, name) {
		return
	}
	choices := withContextSize(name, models)
	if len(choices) == 0 {
		choices = nearest(name, models, 3)
	}
	if !contextSize.MatchString(name) && slices.ContainsFunc(choices, contextSize.MatchString) {
		diags.AddAttributeWarning(path.Root("model"), "Model without a context size",
			fmt.Sprintf("The model %q has no context size, and the service does not list it, so the apply is expected to fail. Set model to a name with a context size, such as %s. "+
				"The data source aichatbothub_models returns the whole list.", name, strings.Join(choices, ", ")))
		return
	}
	diags.AddAttributeWarning(path.Root("model"), "Unknown model",
		fmt.Sprintf("The service does not list the model %q. The most similar names in its list are: %s. The data source aichatbothub_models returns the whole list. "+
			"The apply uses the model nevertheless, because the list can be out of date.", name, strings.Join(choices, ", ")))
}

// contextSize matches the size at the end of a model's name (api.md §3).
var contextSize = regexp.MustCompile(`-[0-9]+k$`)

// withContextSize returns the names that consist of a model and a context size.
func withContextSize(model string, names []string) []string {
	return slices.DeleteFunc(slices.Clone(names), func(name string) bool {
		size := contextSize.FindString(name)
		return size == "" || name != model+size
	})
}

// nearest returns the n names with the smallest edit distance to name.
func nearest(name string, names []string, n int) []string {
	sorted := slices.Clone(names)
	slices.SortStableFunc(sorted, func(a, b string) int {
		return levenshtein.Distance(name, a, nil) - levenshtein.Distance(name, b, nil)
	})
	return sorted[:min(n, len(sorted))]
}
