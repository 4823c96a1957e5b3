package agent

import (
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
)

// keepPlanned restores planned values where the answer has others, and returns the names of those attributes that are configured. Texts,
// numbers and colors that equal the planned ones have the planned writing already. For an attribute that is not configured the prior value is
// planned; somebody else has changed it since, and the next refresh reads that.
func (m *model) keepPlanned(plan, config model) *base.NotApplied {
	var n, computed base.NotApplied
	for _, f := range fields {
		if f.value(&config).IsNull() && !f.value(&plan).IsNull() {
			f.keepPlanned(m, &plan, &computed)
		} else {
			f.keepPlanned(m, &plan, &n)
		}
	}
	m.PromptSHA256 = promptHash(m.Prompt)
	// A user cannot configure a computed value, and the type never changes, so no warning names them.
	m.Type = base.KeepPlanned(&computed, "type", plan.Type, m.Type)
	m.CreatedAt = base.KeepPlanned(&computed, "created_at", plan.CreatedAt, m.CreatedAt)
	return &n
}

// keepList is base.KeepPlanned for a list that is not computed: a planned null must come back as null.
func keepList(n *base.NotApplied, name string, planned, answered types.List) types.List {
	if planned.IsNull() && !answered.IsNull() {
		n.Add(name)
		return planned
	}
	return base.KeepPlanned(n, name, planned, answered)
}

// keepEscalation keeps the planned members one by one, because each can be unknown.
func keepEscalation(n *base.NotApplied, name string, planned, answered types.Object) types.Object {
	if planned.IsNull() || planned.IsUnknown() {
		return answered
	}
	members := map[string]attr.Value{}
	if !answered.IsNull() {
		members = answered.Attributes()
	}
	values := map[string]attr.Value{}
	for member, want := range planned.Attributes() {
		switch have := members[member]; {
		case have != nil:
			values[member] = base.KeepPlanned(n, name+"."+member, want, have)
		case want.IsUnknown():
			values[member] = nullOf(member)
		default:
			values[member] = want
		}
	}
	return types.ObjectValueMust(escalationTypes, values)
}

// nullOf returns the null value of a member of human_escalation_settings.
func nullOf(member string) attr.Value {
	switch escalationTypes[member] {
	case types.BoolType:
		return types.BoolNull()
	case types.StringType:
		return types.StringNull()
	}
	return types.ListNull(types.StringType)
}
