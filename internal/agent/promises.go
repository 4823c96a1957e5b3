package agent

import (
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
)

// keepPlanned puts planned values back where the answer has others, and collects their names. Texts and colours that are equal
// already have the planned writing.
func (m *model) keepPlanned(plan model) *base.NotApplied {
	var r base.NotApplied
	m.Name = base.KeepPlanned(&r, "name", plan.Name, m.Name)
	m.Description = base.KeepPlanned(&r, "description", plan.Description, m.Description)
	m.Prompt = base.KeepPlanned(&r, "prompt", plan.Prompt, m.Prompt)
	m.Enabled = base.KeepPlanned(&r, "enabled", plan.Enabled, m.Enabled)
	m.Model = base.KeepPlanned(&r, "model", plan.Model, m.Model)
	m.Temperature = base.KeepPlanned(&r, "temperature", plan.Temperature, m.Temperature)
	m.Bias = base.KeepPlanned(&r, "bias", plan.Bias, m.Bias)
	m.Stickiness = base.KeepPlanned(&r, "stickiness", plan.Stickiness, m.Stickiness)
	m.DefaultMessage = base.KeepPlanned(&r, "default_message", plan.DefaultMessage, m.DefaultMessage)
	m.UseAllSources = base.KeepPlanned(&r, "use_all_sources", plan.UseAllSources, m.UseAllSources)
	m.SourceIDs = base.KeepPlanned(&r, "source_ids", plan.SourceIDs, m.SourceIDs)
	m.Variables = keepList(&r, "variables", plan.Variables, m.Variables)
	m.Tags = keepList(&r, "tags", plan.Tags, m.Tags)
	m.keepEscalation(&r, plan.HumanEscalationSettings)
	m.PromptSHA256 = promptHash(m.Prompt)
	var quiet base.NotApplied // what the provider computes itself is no matter of the service's
	m.Type = base.KeepPlanned(&quiet, "type", plan.Type, m.Type)
	m.CreatedAt = base.KeepPlanned(&quiet, "created_at", plan.CreatedAt, m.CreatedAt)
	return &r
}

// keepList is base.Keep for a list that is not computed: a planned null must come back as null.
func keepList(r *base.NotApplied, name string, planned, answered types.List) types.List {
	if planned.IsNull() && !answered.IsNull() {
		r.Add(name)
		return planned
	}
	return base.KeepPlanned(r, name, planned, answered)
}

// keepEscalation keeps promises member by member, because members can be unknown one by one.
func (m *model) keepEscalation(r *base.NotApplied, planned types.Object) {
	if planned.IsNull() || planned.IsUnknown() {
		return
	}
	answered := map[string]attr.Value{}
	if !m.HumanEscalationSettings.IsNull() {
		answered = m.HumanEscalationSettings.Attributes()
	}
	values := map[string]attr.Value{}
	for name, want := range planned.Attributes() {
		values[name] = answered[name]
		switch {
		case answered[name] == nil && !want.IsUnknown():
			values[name] = want
		case answered[name] == nil:
			values[name] = nullOf(name)
		default:
			values[name] = base.KeepPlanned(r, "human_escalation_settings."+name, want, answered[name])
		}
	}
	m.HumanEscalationSettings = types.ObjectValueMust(escalationTypes, values) // of objects of this very type
}

func nullOf(member string) attr.Value {
	switch escalationTypes[member] {
	case types.BoolType:
		return types.BoolNull()
	case types.StringType:
		return types.StringNull()
	}
	return types.ListNull(types.StringType)
}
