package answertest

import (
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// model is the model of the resource.
type model struct {
	ID         types.String `tfsdk:"id"`
	ChatbotID  types.String `tfsdk:"chatbot_id"`
	Cases      types.Map    `tfsdk:"cases"`
	Variables  types.Map    `tfsdk:"variables"`
	Triggers   types.Map    `tfsdk:"triggers"`
	Confirm    types.Int64  `tfsdk:"confirm"`
	MaxCredits types.Int64  `tfsdk:"max_credits"`
	OnMiss     types.String `tfsdk:"on_miss"`
	computed
}

// computed are the attributes that the provider sets.
type computed struct {
	Answers  types.Map  `tfsdk:"answers"`
	Missed   types.Map  `tfsdk:"missed"`
	Sessions types.Map  `tfsdk:"sessions"`
	Passed   types.Bool `tfsdk:"passed"`
}

func (m *model) chatbot() hub.ID { return hub.ID(m.ChatbotID.ValueString()) }

// object identifies the answer test in diagnostics.
func (m *model) object() string { return "of chatbot " + m.ChatbotID.ValueString() }

// missIsError reports whether a miss makes an apply fail.
func (m *model) missIsError() bool { return m.OnMiss.ValueString() == onMissError }

// keptSessions returns the ids of the sessions in the state, by case.
func (m *model) keptSessions() map[string]hub.ID {
	ids := map[string]hub.ID{}
	for name, id := range base.StringMap(m.Sessions) {
		ids[name] = hub.ID(id)
	}
	return ids
}

// listOf returns the known texts of a list.
func listOf(v attr.Value) []string {
	list, _ := v.(types.List)
	var all []string
	for _, e := range list.Elements() {
		if text, ok := e.(types.String); ok && !text.IsNull() && !text.IsUnknown() {
			all = append(all, text.ValueString())
		}
	}
	return all
}
