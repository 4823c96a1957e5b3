package agent

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

var text = conversion[types.String, string]{null: types.StringNull(), toAPI: stringPointer, fromAPI: base.StringOrPrior}

// modelName is text for the model. An agent that has none can show "", which no configuration can have.
var modelName = conversion[types.String, string]{null: types.StringNull(), toAPI: stringPointer, fromAPI: func(answer *string, prior types.String) types.String {
	if answer != nil && *answer == "" {
		return types.StringNull()
	}
	return base.StringOrPrior(answer, prior)
}}

var number = conversion[types.Float64, hub.Number]{
	null: types.Float64Null(),
	toAPI: func(_ context.Context, v types.Float64, _ *diag.Diagnostics) *hub.Number {
		return new(hub.Number(v.ValueFloat64()))
	},
	fromAPI: func(answer *hub.Number, prior types.Float64) types.Float64 {
		switch {
		case answer != nil:
			return base.PriorWriting(types.Float64Value(float64(*answer)), prior)
		case prior.IsUnknown():
			return types.Float64Null()
		}
		return prior
	},
}

// flag is a switch. absent is its value where neither an answer nor the prior state has one.
func flag(absent types.Bool) conversion[types.Bool, hub.Bool] {
	return conversion[types.Bool, hub.Bool]{
		null: types.BoolNull(),
		toAPI: func(_ context.Context, v types.Bool, _ *diag.Diagnostics) *hub.Bool {
			return new(hub.Bool(v.ValueBool()))
		},
		fromAPI: func(answer *hub.Bool, prior types.Bool) types.Bool { return base.BoolOrPrior(answer, prior, absent) },
	}
}

var sources = conversion[types.Set, []hub.ID]{
	null: types.SetNull(types.StringType),
	toAPI: func(ctx context.Context, v types.Set, diags *diag.Diagnostics) *[]hub.ID {
		ids := []hub.ID{}
		diags.Append(v.ElementsAs(ctx, &ids, false)...)
		return &ids
	},
	fromAPI: func(answer *[]hub.ID, prior types.Set) types.Set {
		switch {
		case answer != nil:
			ids := make([]attr.Value, 0, len(*answer))
			for _, id := range *answer {
				ids = append(ids, types.StringValue(string(id)))
			}
			return types.SetValueMust(types.StringType, ids)
		case prior.IsUnknown(): // only the answer to a create lacks the key, and a new agent has none
			return types.SetValueMust(types.StringType, nil)
		case prior.IsNull(): // also the zero value, which has no element type
			return types.SetNull(types.StringType)
		}
		return prior
	},
}

var variables = conversion[types.List, []hub.AgentVariable]{
	null: types.ListNull(variableType), changed: listChanged, keep: keepList,
	toAPI: func(ctx context.Context, v types.List, diags *diag.Diagnostics) *[]hub.AgentVariable {
		var in []variable
		diags.Append(v.ElementsAs(ctx, &in, false)...)
		out := make([]hub.AgentVariable, 0, len(in))
		for _, v := range in {
			out = append(out, hub.AgentVariable{Name: v.Name.ValueString(), Description: v.Description.ValueString(), Type: v.Type.ValueString(),
				Example: v.Example.ValueString(), DefaultValue: hub.VariableDefault{Content: hub.Text(v.DefaultValue.ValueString()), Static: hub.Flag(v.Static.ValueBool())}})
		}
		return &out
	},
	fromAPI: func(answer *[]hub.AgentVariable, prior types.List) types.List {
		if answer == nil {
			return listOrNull(prior, variableType)
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
	},
}

var tags = conversion[types.List, []hub.AgentTag]{
	null: types.ListNull(tagType), changed: listChanged, keep: keepList,
	toAPI: func(ctx context.Context, v types.List, diags *diag.Diagnostics) *[]hub.AgentTag {
		var in []tag
		diags.Append(v.ElementsAs(ctx, &in, false)...)
		out := make([]hub.AgentTag, 0, len(in))
		for _, t := range in {
			out = append(out, hub.AgentTag{Name: t.Name.ValueString(), Criteria: t.Criteria.ValueString(), Color: t.Color.ValueString()})
		}
		return &out
	},
	fromAPI: func(answer *[]hub.AgentTag, prior types.List) types.List {
		if answer == nil {
			return listOrNull(prior, tagType)
		}
		var before []tag
		if !prior.IsUnknown() && !prior.IsNull() {
			prior.ElementsAs(context.Background(), &before, false) // a prior value that cannot be read has no colors to keep
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
	},
}

// escalationObject sends the whole object as far as it is known, because it is unknown whether the service merges or replaces it
// (api.md §3).
var escalationObject = conversion[types.Object, hub.EscalationSettings]{
	null: types.ObjectNull(escalationTypes), keep: keepEscalation, fromAPI: escalationValue,
	toAPI: func(ctx context.Context, v types.Object, diags *diag.Diagnostics) *hub.EscalationSettings {
		var e escalation
		diags.Append(v.As(ctx, &e, basetypes.ObjectAsOptions{})...)
		s := &hub.EscalationSettings{
			HumanRequestedMessage:     knownString(e.HumanRequestedMessage),
			LiveChatStartAnnouncement: knownString(e.LiveChatStartAnnouncement),
			LiveChatEndAnnouncement:   knownString(e.LiveChatEndAnnouncement),
			NotificationsEnabled:      knownFlag(e.NotificationsEnabled),
			SoundEnabled:              knownFlag(e.SoundEnabled),
		}
		if !e.MonitoredMessages.IsNull() && !e.MonitoredMessages.IsUnknown() {
			messages := []string{}
			diags.Append(e.MonitoredMessages.ElementsAs(ctx, &messages, false)...)
			s.MonitoredMessages = &messages
		}
		return s
	},
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
		messages = base.PriorWriting(stringsValue(*answer.MonitoredMessages), messages)
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

func stringPointer(_ context.Context, v types.String, _ *diag.Diagnostics) *string {
	return v.ValueStringPointer()
}

// differs reports whether a value is configured and does not equal the prior one. Unknown and null values are never sent.
func differs(want, prior attr.Value) bool {
	return !want.IsNull() && !want.IsUnknown() && !base.PriorWriting(want, prior).Equal(prior)
}

// listChanged is differs for a list that is not computed: one that is no longer configured is emptied.
func listChanged(want, prior types.List) bool {
	return differs(want, prior) || want.IsNull() && len(prior.Elements()) > 0
}

// knownString returns nil for an unknown value, for which ValueStringPointer returns "".
func knownString(s types.String) *string {
	if s.IsUnknown() {
		return nil
	}
	return s.ValueStringPointer()
}

func knownFlag(b types.Bool) *hub.Flag {
	if b.IsNull() || b.IsUnknown() {
		return nil
	}
	return new(hub.Flag(b.ValueBool()))
}

// listValue returns the list of an answer in the prior writing. An empty list stays null where the prior value is null, because the
// configuration has none.
func listValue(values []attr.Value, prior types.List, of attr.Type) types.List {
	if len(values) == 0 && (prior.IsNull() || prior.IsUnknown()) {
		return types.ListNull(of)
	}
	return base.PriorWriting(types.ListValueMust(of, values), prior)
}

// listOrNull returns the prior list, or null where it is not known. It also gives the zero value of a list its element type.
func listOrNull(prior types.List, of attr.Type) types.List {
	if prior.IsUnknown() || prior.IsNull() {
		return types.ListNull(of)
	}
	return prior
}
