package agent

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// keepEqualText keeps the prior writing of an equal text. The framework applies equality to answers only, not to plans.
type keepEqualText struct{}

func (keepEqualText) Description(context.Context) string {
	return "CRLF and white space at both ends make no difference."
}

func (m keepEqualText) MarkdownDescription(ctx context.Context) string { return m.Description(ctx) }

func (keepEqualText) PlanModifyString(_ context.Context, req planmodifier.StringRequest, resp *planmodifier.StringResponse) {
	if sameText(req.PlanValue, req.StateValue) {
		resp.PlanValue = req.StateValue
	}
}

// keepEqualNumber keeps the prior number where the two are the same to the service. A number of an answer has the precision of a float64 and
// one of a configuration has more, so that after an import 0.3 would be a change to 0.3.
type keepEqualNumber struct{}

func (keepEqualNumber) Description(context.Context) string {
	return "Digits beyond the precision of the service make no difference."
}

func (m keepEqualNumber) MarkdownDescription(ctx context.Context) string { return m.Description(ctx) }

func (keepEqualNumber) PlanModifyFloat64(_ context.Context, req planmodifier.Float64Request, resp *planmodifier.Float64Response) {
	known := !req.PlanValue.IsNull() && !req.PlanValue.IsUnknown() && !req.StateValue.IsNull()
	if known && req.PlanValue.ValueFloat64() == req.StateValue.ValueFloat64() {
		resp.PlanValue = req.StateValue
	}
}

// validate checks what depends on the type of the agent, each at its attribute. Unknown values are checked when they are known.
func (m *model) validate(diags *diag.Diagnostics) {
	for name, value := range m.byName() {
		if m.Type.IsUnknown() || value.IsNull() || value.IsUnknown() || has(m.Type.ValueString(), name) {
			continue
		}
		diags.AddAttributeError(path.Root(name), "Attribute does not apply to this type of agent",
			fmt.Sprintf("%s is for agents of the type %s only, and this one is %s. Remove the attribute or change the type.",
				name, strings.Join(applies[name], ", "), m.Type.ValueString()))
	}
	if m.Type.ValueString() == hub.HumanEscalation && m.Prompt.ValueString() != "" {
		diags.AddAttributeError(path.Root("prompt"), "Attribute does not apply to this type of agent",
			"An agent of the type human-escalation hands over to a human and has no prompt. Remove the attribute.")
	}
	if m.UseAllSources.ValueBool() && (m.SourceIDs.IsUnknown() || len(m.SourceIDs.Elements()) > 0) { // a generated configuration has both, with none
		diags.AddAttributeError(path.Root("source_ids"), "Sources are written twice",
			"While use_all_sources is true the agent answers from every source of the chatbot and the service ignores source_ids. Remove one of the two.")
	}
}

// byName are the attributes that do not apply to every type.
func (m *model) byName() map[string]attr.Value {
	return map[string]attr.Value{"model": m.Model, "temperature": m.Temperature, "bias": m.Bias, "stickiness": m.Stickiness,
		"default_message": m.DefaultMessage, "tags": m.Tags, "use_all_sources": m.UseAllSources, "source_ids": m.SourceIDs, "variables": m.Variables,
		"human_escalation_settings": m.HumanEscalationSettings}
}

// derive fills what follows from other planned values: a written list of sources switches all sources off, and the hash follows the prompt.
func (m *model) derive(config model) {
	if config.UseAllSources.IsNull() && !config.SourceIDs.IsNull() {
		m.UseAllSources = types.BoolValue(false)
		if config.SourceIDs.IsUnknown() { // it may turn out to be null
			m.UseAllSources = types.BoolUnknown()
		}
	}
	m.PromptSHA256 = promptHash(m.Prompt)
	m.clearForeignPlan()
}

// clearForeignPlan plans null for what does not apply to the type, where that is known: nothing will be read for it.
func (m *model) clearForeignPlan() {
	if !m.Type.IsUnknown() {
		m.clearForeign()
	}
}

// settle makes the plan equal to the state when nothing that the service stores would change: computed values that the framework made
// unknown because something was written differently would be an update of nothing.
func (m *model) settle(ctx context.Context, state model, diags *diag.Diagnostics) (changed bool) {
	if differsAtAll(m.ChatbotID, state.ChatbotID) || differsAtAll(m.Type, state.Type) || m.anyUnknown(ctx) {
		return true
	}
	s := m.changes(ctx, state, diags)
	if s != (hub.AgentSettings{}) || !m.Variables.Equal(state.Variables) || !m.Tags.Equal(state.Tags) {
		return true
	}
	*m = state
	return false
}

// differsAtAll is true for unknown values too.
func differsAtAll(a, b attr.Value) bool { return !a.Equal(b) }

// anyUnknown says whether a value that can be written is not known yet, or a part of it. source_ids is unknown in every plan that changes something.
func (m *model) anyUnknown(ctx context.Context) bool {
	values := []attr.Value{m.Name, m.Description, m.Prompt, m.Enabled, m.Model, m.Temperature, m.Bias, m.Stickiness, m.DefaultMessage,
		m.UseAllSources, m.Variables, m.Tags, m.HumanEscalationSettings}
	if !m.SourceIDs.IsUnknown() {
		values = append(values, m.SourceIDs)
	}
	return slices.ContainsFunc(values, func(v attr.Value) bool {
		raw, err := v.ToTerraformValue(ctx)
		return err != nil || !raw.IsFullyKnown()
	})
}

// ModifyPlan implements resource.ResourceWithModifyPlan.
func (r *Resource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	defer base.Recover(&resp.Diagnostics)
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

// modifyPlan is what agents and default agents share: derived values, no update of nothing, and a word about an unknown model. A state
// without an id is that of an agent that does not exist yet.
func modifyPlan(ctx context.Context, r base.Resource, config, plan, state *model, diags *diag.Diagnostics) {
	plan.derive(*config)
	if !state.ID.IsNull() && !config.SourceIDs.IsUnknown() {
		if !plan.settle(ctx, *state, diags) {
			return
		}
		plan.ModifiedAt = types.StringUnknown() // the framework saw no change where only a derived value changes
	}
	if differs(config.Model, state.Model) {
		warnModel(ctx, r.Hub, config.Model.ValueString(), diags)
	}
}

// warnModel says that the service does not list a model, with the nearest names. Where it offers no list there is nothing to say: the
// service decides when the agent is made.
func warnModel(ctx context.Context, c *hub.Client, name string, diags *diag.Diagnostics) {
	if c == nil {
		return
	}
	models, err := c.Models(ctx)
	if err != nil || len(models) == 0 || slices.Contains(models, name) {
		return
	}
	diags.AddAttributeWarning(path.Root("model"), "Unknown model",
		fmt.Sprintf("The service does not list the model %q at present. The nearest it lists: %s. The data source aichatbothub_models gives the whole list. "+
			"The apply will try it all the same, since lists can be behind.", name, strings.Join(nearest(name, models, 3), ", ")))
}

// nearest gives the n names with the least edit distance.
func nearest(name string, names []string, n int) []string {
	sorted := slices.Clone(names)
	slices.SortStableFunc(sorted, func(a, b string) int { return distance(name, a) - distance(name, b) })
	return sorted[:min(n, len(sorted))]
}

// distance is the Levenshtein distance of two short names.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
