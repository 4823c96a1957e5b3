package agent

import (
	"context"
	"reflect"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// fields lists the settings of an agent. Each is an attribute of the resources and the data sources. Code that treats all settings alike
// ranges over it. The types of agents that have a setting are in hub.TypesWithSetting.
var fields = []field{
	newField("name", "name", "What the web app calls the agent. A change makes the service rebuild the routing of the chatbot.",
		func(m *model) *types.String { return &m.Name }, func(s *hub.AgentSettings) **string { return &s.Name }, text),
	newField("description", "description", "What the agent is for. The service reads it when it decides which agent answers.",
		func(m *model) *types.String { return &m.Description }, func(s *hub.AgentSettings) **string { return &s.Description }, text),
	newField("prompt", "prompt", "The instructions for the agent.",
		func(m *model) *types.String { return &m.Prompt }, func(s *hub.AgentSettings) **string { return &s.Prompt }, text),
	newField("enabled", "enabled", "Whether the agent takes part in conversations.",
		func(m *model) *types.Bool { return &m.Enabled }, func(s *hub.AgentSettings) **hub.Bool { return &s.Enabled }, flag(types.BoolNull())).afterCreate(),
	newField("model", "model", "The language model, with the size of its context, such as `gpt-4o-mini-4k`. The models change often: the data source `aichatbothub_models` lists them.",
		func(m *model) *types.String { return &m.Model }, func(s *hub.AgentSettings) **string { return &s.Model }, modelName),
	newField("temperature", "temperature", "How much the wording of the model varies, from 0 (it always takes the most likely words) to 1.",
		func(m *model) *types.Float64 { return &m.Temperature }, func(s *hub.AgentSettings) **hub.Number { return &s.Temperature }, number),
	newField("bias", "bias", "How much the routing favors this agent. The service documents values from 0 to 1 and has been observed to use others.",
		func(m *model) *types.Float64 { return &m.Bias }, func(s *hub.AgentSettings) **hub.Number { return &s.Bias }, number),
	newField("stickiness", "stickness", "How likely a conversation stays with this agent once it has answered. The service documents values from 0 to 1.",
		func(m *model) *types.Float64 { return &m.Stickiness }, func(s *hub.AgentSettings) **hub.Number { return &s.Stickness }, number),
	newField("default_message", "default_message", "The fixed text that the agent answers with.",
		func(m *model) *types.String { return &m.DefaultMessage }, func(s *hub.AgentSettings) **string { return &s.DefaultMessage }, text),
	// An agent that was created over the API has no such key until it is set, and then uses its own sources only (api.md §3).
	newField("use_all_sources", "use_all_sources", "Whether the agent answers from all sources of the chatbot, including those added later.",
		func(m *model) *types.Bool { return &m.UseAllSources }, func(s *hub.AgentSettings) **hub.Bool { return &s.UseAllSources }, flag(types.BoolValue(false))),
	newField("source_ids", "data_source_uuids", "The ids of the sources that the agent answers from.",
		func(m *model) *types.Set { return &m.SourceIDs }, func(s *hub.AgentSettings) **[]hub.ID { return &s.DataSourceUUIDs }, sources).afterCreate(),
	newField("variables", "variables", "What the agent asks a visitor for, or has as a fixed value.",
		func(m *model) *types.List { return &m.Variables }, func(s *hub.AgentSettings) **[]hub.AgentVariable { return &s.Variables }, variables).afterCreate(),
	newField("tags", "tags", "The labels that the agent puts on conversations.",
		func(m *model) *types.List { return &m.Tags }, func(s *hub.AgentSettings) **[]hub.AgentTag { return &s.Tags }, tags),
	newField("human_escalation_settings", "human_escalation_settings", "How a conversation is handed over to a human.",
		func(m *model) *types.Object { return &m.HumanEscalationSettings }, func(s *hub.AgentSettings) **hub.EscalationSettings { return &s.HumanEscalationSettings }, escalationObject).afterCreate(),
}

// field is one setting. Its functions treat the setting in a model and in the API's settings.
type field struct {
	attribute, setting string // the name in Terraform, and in the API
	text               string // the description, for resources and data sources
	updateOnly         bool   // a create does not accept the setting (api.md §3)

	value       func(m *model) attr.Value
	clear       func(m *model)
	read        func(m *model, answer *hub.AgentSettings)
	send        func(ctx context.Context, m, prior *model, s *hub.AgentSettings, diags *diag.Diagnostics)
	keepPlanned func(m, plan *model, n *base.NotApplied)
	keepPrior   func(m, prior *model)
	copy        func(to, from *hub.AgentSettings)
	same        func(a, b *hub.AgentSettings) bool
}

// conversion converts between the values of Terraform and of the API for one kind of setting.
type conversion[T attr.Value, W any] struct {
	null    T
	toAPI   func(ctx context.Context, v T, diags *diag.Diagnostics) *W
	fromAPI func(answer *W, prior T) T                                        // the prior value where the answer is nil
	changed func(want, prior T) bool                                          // whether a body has to contain want; nil: differs
	keep    func(n *base.NotApplied, attribute string, planned, answered T) T // nil: base.KeepPlanned
}

// newField returns a field with the attribute's place in a model and the setting's place in the API's settings.
func newField[T attr.Value, W any](attribute, setting, text string, in func(*model) *T, at func(*hub.AgentSettings) **W, c conversion[T, W]) field {
	if c.changed == nil {
		c.changed = func(want, prior T) bool { return differs(want, prior) }
	}
	if c.keep == nil {
		c.keep = base.KeepPlanned[T]
	}
	return field{
		attribute: attribute, setting: setting, text: text,
		value: func(m *model) attr.Value { return *in(m) },
		clear: func(m *model) { *in(m) = c.null },
		read:  func(m *model, answer *hub.AgentSettings) { *in(m) = c.fromAPI(*at(answer), *in(m)) },
		send: func(ctx context.Context, m, prior *model, s *hub.AgentSettings, diags *diag.Diagnostics) {
			if want := *in(m); c.changed(want, *in(prior)) {
				*at(s) = c.toAPI(ctx, want, diags)
			}
		},
		keepPlanned: func(m, plan *model, n *base.NotApplied) { *in(m) = c.keep(n, attribute, *in(plan), *in(m)) },
		keepPrior: func(m, prior *model) {
			if v := in(m); (*v).IsUnknown() {
				*v = *in(prior)
			}
		},
		copy: func(to, from *hub.AgentSettings) { *at(to) = *at(from) },
		same: func(a, b *hub.AgentSettings) bool { return reflect.DeepEqual(*at(a), *at(b)) },
	}
}

// afterCreate marks a setting that only an update accepts.
func (f field) afterCreate() field {
	f.updateOnly = true
	return f
}

// only returns the sentence that names the types of agents that have the attribute, or "" when all have it.
func (f field) only() string {
	types := hub.TypesWithSetting(f.setting)
	if len(types) == len(hub.AgentTypes) {
		return ""
	}
	return " Only for agents of the type `" + strings.Join(types, "`, `") + "`."
}

// appliesTo reports whether an agent of a type has the setting. Types that the service may add later have every setting.
func (f field) appliesTo(agentType string) bool {
	return hub.MayHaveSetting(agentType, f.setting)
}

// fieldOf returns the field of an attribute.
func fieldOf(attribute string) field {
	return fields[slices.IndexFunc(fields, func(f field) bool { return f.attribute == attribute })]
}

// has reports whether an agent of a type has an attribute.
func has(agentType, attribute string) bool { return fieldOf(attribute).appliesTo(agentType) }

// describe returns the description of an attribute with the types of agents that have it.
func describe(attribute string) string {
	f := fieldOf(attribute)
	return f.text + f.only()
}
