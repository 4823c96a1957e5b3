package agent

import (
	"context"
	"crypto/sha256"
	"encoding/hex"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// read takes an answer over. What it lacks keeps the value there was; what has none is null, or what the service means by absence.
// Values that are equal to the ones there were, only written differently, keep the writing.
func (m *model) read(a hub.Agent) {
	m.ID = types.StringValue(string(a.ID))
	m.Name = types.StringValue(a.Name)
	if a.Type != "" || m.Type.IsUnknown() {
		m.Type = types.StringValue(a.Type)
	}
	m.Description = text(a.Description, m.Description)
	m.Prompt = text(a.Prompt, m.Prompt)
	m.PromptSHA256 = promptHash(m.Prompt)
	m.Enabled = base.BoolOrPrior(a.Enabled, m.Enabled, types.BoolNull())
	m.CreatedAt = base.NonEmptyOrPrior(a.CreatedAt, m.CreatedAt)
	m.ModifiedAt = base.NonEmptyOrPrior(a.ModifiedAt, m.ModifiedAt)
	m.Model = base.StringOrPrior(a.Meta.Model, m.Model)
	m.Temperature = number(a.Meta.Temperature, m.Temperature)
	m.Bias = number(a.Meta.Bias, m.Bias)
	m.Stickiness = number(a.Meta.Stickness, m.Stickiness)
	m.DefaultMessage = base.StringOrPrior(a.Meta.DefaultMessage, m.DefaultMessage)
	// An agent that was made over the API has no such key until it is set, and then uses none but its own sources (api.md §3).
	m.UseAllSources = base.BoolOrPrior(a.Meta.UseAllSources, m.UseAllSources, types.BoolValue(false))
	m.SourceIDs = sources(a.DataSourceUUIDs, m.SourceIDs)
	if m.UseAllSources.ValueBool() { // which makes the service ignore the list, whatever is left in it
		m.SourceIDs = types.SetValueMust(types.StringType, nil)
	}
	m.Variables = variables(a.Variables, m.Variables)
	m.Tags = tags(a.Meta.Tags, m.Tags)
	m.HumanEscalationSettings = escalationValue(a.HumanEscalationSettings, m.HumanEscalationSettings)
	m.clearForeign()
}

// clearForeign makes null what does not apply to the agent's type: some answers have such keys all the same.
func (m *model) clearForeign() {
	null := func(attribute string, empty func()) {
		if !has(m.Type.ValueString(), attribute) {
			empty()
		}
	}
	null("model", func() { m.Model = types.StringNull() })
	null("temperature", func() { m.Temperature = types.Float64Null() })
	null("bias", func() { m.Bias = types.Float64Null() })
	null("stickiness", func() { m.Stickiness = types.Float64Null() })
	null("default_message", func() { m.DefaultMessage = types.StringNull() })
	null("tags", func() { m.Tags = types.ListNull(tagType) })
	null("use_all_sources", func() { m.UseAllSources = types.BoolNull() })
	null("source_ids", func() { m.SourceIDs = types.SetNull(types.StringType) })
	null("variables", func() { m.Variables = types.ListNull(variableType) })
	null("human_escalation_settings", func() { m.HumanEscalationSettings = types.ObjectNull(escalationTypes) })
}

// text keeps the prior writing of an equal text: the service may trim white space or turn CRLF into LF.
func text(answer *string, prior types.String) types.String {
	if answer != nil && !prior.IsNull() && !prior.IsUnknown() && hub.SameText(*answer, prior.ValueString()) {
		return prior
	}
	return base.StringOrPrior(answer, prior)
}

// promptHash is the SHA-256 of a prompt's normal form, in hex.
func promptHash(prompt types.String) types.String {
	switch {
	case prompt.IsUnknown():
		return types.StringUnknown()
	case prompt.IsNull():
		return types.StringNull()
	}
	sum := sha256.Sum256([]byte(hub.NormalText(prompt.ValueString())))
	return types.StringValue(hex.EncodeToString(sum[:]))
}

// number keeps the prior writing of an equal number: one of a configuration has more digits than an answer.
func number(answer *hub.Number, prior types.Float64) types.Float64 {
	switch {
	case answer != nil && !prior.IsNull() && !prior.IsUnknown() && prior.ValueFloat64() == float64(*answer):
		return prior
	case answer != nil:
		return types.Float64Value(float64(*answer))
	case prior.IsUnknown():
		return types.Float64Null()
	}
	return prior
}

func sources(answer *[]hub.ID, prior types.Set) types.Set {
	switch {
	case answer != nil:
		ids := make([]attr.Value, 0, len(*answer))
		for _, id := range *answer {
			ids = append(ids, types.StringValue(string(id)))
		}
		return types.SetValueMust(types.StringType, ids)
	case prior.IsUnknown(): // only a create answers without the key, and a new agent has none
		return types.SetValueMust(types.StringType, nil)
	}
	return prior
}

func variables(answer *[]hub.AgentVariable, prior types.List) types.List {
	if answer == nil {
		return keptList(prior, variableType)
	}
	var values []attr.Value
	for _, v := range *answer {
		values = append(values, types.ObjectValueMust(variableTypes, map[string]attr.Value{
			"name": types.StringValue(v.Name), "description": types.StringValue(v.Description), "type": types.StringValue(v.Type),
			"example": types.StringValue(v.Example), "default_value": types.StringValue(string(v.DefaultValue.Content)),
			"static": types.BoolValue(bool(v.DefaultValue.Static)),
		}))
	}
	return listValue(values, prior, variableType)
}

func tags(answer *[]hub.AgentTag, prior types.List) types.List {
	if answer == nil {
		return keptList(prior, tagType)
	}
	var before []tag
	if !prior.IsUnknown() && !prior.IsNull() {
		prior.ElementsAs(context.Background(), &before, false) // a prior value that cannot be read has no colours to keep
	}
	var values []attr.Value
	for i, t := range *answer {
		color := types.StringValue(t.Color)
		if i < len(before) {
			color = base.SameColor(t.Color, before[i].Color)
		}
		values = append(values, types.ObjectValueMust(tagTypes, map[string]attr.Value{
			"name": types.StringValue(t.Name), "criteria": types.StringValue(t.Criteria), "color": color}))
	}
	return listValue(values, prior, tagType)
}

// listValue is a list of an answer. An empty one stays null where it was null: the configuration has not written it.
func listValue(values []attr.Value, prior types.List, of attr.Type) types.List {
	if len(values) == 0 && (prior.IsNull() || prior.IsUnknown()) {
		return types.ListNull(of)
	}
	return types.ListValueMust(of, values)
}

func keptList(prior types.List, of attr.Type) types.List {
	if prior.IsUnknown() || prior.IsNull() {
		return types.ListNull(of)
	}
	return prior
}

func escalationValue(answer *hub.EscalationSettings, prior types.Object) types.Object {
	before := map[string]attr.Value{}
	if !prior.IsNull() && !prior.IsUnknown() {
		before = prior.Attributes()
	}
	if answer == nil {
		if len(before) == 0 {
			return types.ObjectNull(escalationTypes)
		}
		answer = &hub.EscalationSettings{}
	}
	str := func(name string, v *string) types.String {
		was, _ := before[name].(types.String)
		return base.StringOrPrior(v, was)
	}
	flag := func(name string, v *hub.Flag) types.Bool {
		was, _ := before[name].(types.Bool)
		return base.BoolOrPrior((*hub.Bool)(v), was, types.BoolNull())
	}
	messages, ok := before["monitored_messages"].(types.List)
	if !ok || messages.IsUnknown() {
		messages = types.ListNull(types.StringType)
	}
	if answer.MonitoredMessages != nil {
		messages = stringsValue(*answer.MonitoredMessages)
	}
	return types.ObjectValueMust(escalationTypes, map[string]attr.Value{
		"human_requested_message":      str("human_requested_message", answer.HumanRequestedMessage),
		"live_chat_start_announcement": str("live_chat_start_announcement", answer.LiveChatStartAnnouncement),
		"live_chat_end_announcement":   str("live_chat_end_announcement", answer.LiveChatEndAnnouncement),
		"monitored_messages":           messages,
		"notifications_enabled":        flag("notifications_enabled", answer.NotificationsEnabled),
		"sound_enabled":                flag("sound_enabled", answer.SoundEnabled),
	})
}

func stringsValue(texts []string) types.List {
	values := make([]attr.Value, 0, len(texts))
	for _, t := range texts {
		values = append(values, types.StringValue(t))
	}
	return types.ListValueMust(types.StringType, values)
}
