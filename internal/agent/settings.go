package agent

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// changes is the body that takes an agent from what it is to what it should be: only what differs, nothing for what is not known or
// not written. have is the state before; a zero model has nothing.
func (m *model) changes(ctx context.Context, have model, diags *diag.Diagnostics) hub.AgentSettings {
	var s hub.AgentSettings
	if differs(m.Name, have.Name) {
		s.Name = m.Name.ValueStringPointer()
	}
	if differs(m.Description, have.Description) && !sameText(m.Description, have.Description) {
		s.Description = m.Description.ValueStringPointer()
	}
	if differs(m.Prompt, have.Prompt) && !sameText(m.Prompt, have.Prompt) {
		s.Prompt = m.Prompt.ValueStringPointer()
	}
	if differs(m.Enabled, have.Enabled) {
		s.Enabled = m.Enabled.ValueBoolPointer()
	}
	if differs(m.Model, have.Model) {
		s.Model = m.Model.ValueStringPointer()
	}
	if differs(m.Temperature, have.Temperature) {
		s.Temperature = m.Temperature.ValueFloat64Pointer()
	}
	if differs(m.Bias, have.Bias) {
		s.Bias = m.Bias.ValueFloat64Pointer()
	}
	if differs(m.Stickiness, have.Stickiness) {
		s.Stickness = m.Stickiness.ValueFloat64Pointer()
	}
	if differs(m.DefaultMessage, have.DefaultMessage) {
		s.DefaultMessage = m.DefaultMessage.ValueStringPointer()
	}
	m.knowledge(ctx, have, &s, diags)
	m.lists(ctx, have, &s, diags)
	if differs(m.HumanEscalationSettings, have.HumanEscalationSettings) {
		s.HumanEscalationSettings = escalationSettings(ctx, m.HumanEscalationSettings, diags)
	}
	return s
}

// knowledge fills use_all_sources and source_ids. While all sources are used the service ignores the list, so it is not sent; and when
// a list is sent, what it depends on goes with it.
func (m *model) knowledge(ctx context.Context, have model, s *hub.AgentSettings, diags *diag.Diagnostics) {
	if differs(m.UseAllSources, have.UseAllSources) {
		s.UseAllSources = m.UseAllSources.ValueBoolPointer()
	}
	switchedOff := s.UseAllSources != nil && len(m.SourceIDs.Elements()) > 0 // the service forgot the list while it was ignored
	if m.UseAllSources.ValueBool() || !differs(m.SourceIDs, have.SourceIDs) && !switchedOff {
		return
	}
	ids := []hub.ID{}
	diags.Append(m.SourceIDs.ElementsAs(ctx, &ids, false)...)
	s.DataSourceUUIDs = &ids
}

// lists fills variables and tags. A list that is no longer written is emptied.
func (m *model) lists(ctx context.Context, have model, s *hub.AgentSettings, diags *diag.Diagnostics) {
	if differs(m.Variables, have.Variables) || m.Variables.IsNull() && len(have.Variables.Elements()) > 0 {
		var in []variable
		diags.Append(m.Variables.ElementsAs(ctx, &in, false)...)
		out := make([]hub.AgentVariable, 0, len(in))
		for _, v := range in {
			out = append(out, hub.AgentVariable{Name: v.Name.ValueString(), Description: v.Description.ValueString(), Type: v.Type.ValueString(),
				Example: v.Example.ValueString(), DefaultValue: hub.VariableDefault{Content: hub.Text(v.DefaultValue.ValueString()), Static: hub.Flag(v.Static.ValueBool())}})
		}
		s.Variables = &out
	}
	if differs(m.Tags, have.Tags) || m.Tags.IsNull() && len(have.Tags.Elements()) > 0 {
		var in []tag
		diags.Append(m.Tags.ElementsAs(ctx, &in, false)...)
		out := make([]hub.AgentTag, 0, len(in))
		for _, t := range in {
			out = append(out, hub.AgentTag{Name: t.Name.ValueString(), Criteria: t.Criteria.ValueString(), Color: t.Color.ValueString()})
		}
		s.Tags = &out
	}
}

// escalationSettings is the whole object, as far as it is known: whether the service merges or replaces it is unknown (api.md §3).
func escalationSettings(ctx context.Context, o types.Object, diags *diag.Diagnostics) *hub.EscalationSettings {
	var e escalation
	diags.Append(o.As(ctx, &e, basetypes.ObjectAsOptions{})...)
	s := &hub.EscalationSettings{
		HumanRequestedMessage:     known(e.HumanRequestedMessage).ValueStringPointer(),
		LiveChatStartAnnouncement: known(e.LiveChatStartAnnouncement).ValueStringPointer(),
		LiveChatEndAnnouncement:   known(e.LiveChatEndAnnouncement).ValueStringPointer(),
		NotificationsEnabled:      flag(e.NotificationsEnabled),
		SoundEnabled:              flag(e.SoundEnabled),
	}
	if !e.MonitoredMessages.IsNull() && !e.MonitoredMessages.IsUnknown() {
		messages := []string{}
		diags.Append(e.MonitoredMessages.ElementsAs(ctx, &messages, false)...)
		s.MonitoredMessages = &messages
	}
	return s
}

// differs says whether a value is written and is another than there was: unknown and null are never sent.
func differs(want, have attr.Value) bool {
	return !want.IsNull() && !want.IsUnknown() && !want.Equal(have)
}

// sameText says whether two known texts are equal to the service's users.
func sameText(a, b types.String) bool {
	return !a.IsNull() && !a.IsUnknown() && !b.IsNull() && !b.IsUnknown() && hub.SameText(a.ValueString(), b.ValueString())
}

// known turns unknown into null: ValueStringPointer would give "" for it.
func known(s types.String) types.String {
	if s.IsUnknown() {
		return types.StringNull()
	}
	return s
}

func flag(b types.Bool) *hub.Flag {
	if b.IsNull() || b.IsUnknown() {
		return nil
	}
	f := hub.Flag(b.ValueBool())
	return &f
}

// forCreate splits settings into what a create takes and what has to follow as an update (api.md §3).
func forCreate(agentType string, s hub.AgentSettings) (first, then hub.AgentSettings) {
	first, then = s, hub.AgentSettings{Enabled: s.Enabled, DataSourceUUIDs: s.DataSourceUUIDs, Variables: s.Variables, HumanEscalationSettings: s.HumanEscalationSettings}
	first.Type = agentType
	first.Enabled, first.DataSourceUUIDs, first.Variables, first.HumanEscalationSettings = nil, nil, nil, nil
	return first, then
}
