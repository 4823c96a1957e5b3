package message

import (
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// listedModel is a message in the data source. The resource does not have what is here: it changes by itself after the answer, and that would
// be a diff in its plans.
type listedModel struct {
	model
	Labels                 types.List   `tfsdk:"labels"`
	FeedbackJSON           types.String `tfsdk:"feedback_json"`
	BackgroundPendingTasks types.Int64  `tfsdk:"background_pending_tasks"`
	DetectedFrustrations   types.String `tfsdk:"detected_frustrations"`
	SessionDocuments       types.List   `tfsdk:"session_documents"`
	MetaJSON               types.String `tfsdk:"meta_json"`
	PromptTokens           types.Int64  `tfsdk:"prompt_tokens"`
	CompletionTokens       types.Int64  `tfsdk:"completion_tokens"`
	TotalTokens            types.Int64  `tfsdk:"total_tokens"`
	CalledFunctions        types.List   `tfsdk:"called_functions"`
}

// documentType is the type of an element of session_documents.
var documentType = types.ObjectType{AttrTypes: map[string]attr.Type{"id": types.StringType, "file_name": types.StringType}}

// readDetails sets what a message has beside its answer. What the service does not answer, or answers in an unknown form, is null.
func (m *listedModel) readDetails(message hub.Message) {
	m.Labels = texts(message.Labels())
	m.FeedbackJSON = nullIfEmpty(&message.FeedbackJSON)
	m.BackgroundPendingTasks = types.Int64PointerValue(message.PendingTasks())
	m.DetectedFrustrations = nullIfEmpty(new(message.Frustrations()))
	m.SessionDocuments = documents(message.SessionDocuments())
	m.MetaJSON = nullIfEmpty(&message.MetaJSON)
	tokens := message.Tokens()
	m.PromptTokens, m.CompletionTokens, m.TotalTokens = types.Int64PointerValue(tokens.Prompt), types.Int64PointerValue(tokens.Completion), types.Int64PointerValue(tokens.Total)
	m.CalledFunctions = texts(message.CalledFunctions())
}

// texts returns a list of strings; null for nil.
func texts(list []string) types.List {
	if list == nil {
		return types.ListNull(types.StringType)
	}
	values := make([]attr.Value, 0, len(list))
	for _, text := range list {
		values = append(values, types.StringValue(text))
	}
	return types.ListValueMust(types.StringType, values)
}

// documents returns the value of session_documents; null for nil.
func documents(list []hub.SessionDocument) types.List {
	if list == nil {
		return types.ListNull(documentType)
	}
	values := make([]attr.Value, 0, len(list))
	for _, d := range list {
		values = append(values, types.ObjectValueMust(documentType.AttrTypes, map[string]attr.Value{"id": nullIfEmpty(&d.ID), "file_name": nullIfEmpty(&d.FileName)}))
	}
	return types.ListValueMust(documentType, values)
}

// detailAttributes returns the attributes of listedModel that model does not have.
func detailAttributes() map[string]schema.Attribute {
	text := func(t string) schema.StringAttribute {
		return schema.StringAttribute{Computed: true, MarkdownDescription: t}
	}
	number := func(t string) schema.Int64Attribute {
		return schema.Int64Attribute{Computed: true, MarkdownDescription: t}
	}
	list := func(t string) schema.ListAttribute {
		return schema.ListAttribute{Computed: true, ElementType: types.StringType, MarkdownDescription: t}
	}
	const unanswered = " Null when the deployment does not return it."
	return map[string]schema.Attribute{
		"labels":                   list("The names of the labels that the message has." + unanswered),
		"feedback_json":            text("The visitor's feedback on the answer, as JSON: read it with `jsondecode`. Null when there is none."),
		"background_pending_tasks": number("The number of tasks of background agents that have not ended." + unanswered),
		"detected_frustrations":    text("What the service detected of the visitor's frustration. Null when there is nothing."),
		"session_documents": schema.ListNestedAttribute{
			Computed: true, MarkdownDescription: "The documents that the question was sent with." + unanswered,
			NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
				"id": text("The id of the document." + unanswered), "file_name": text("The name of the file." + unanswered),
			}},
		},
		"meta_json":         text("What the service recorded about the answer, as JSON: read it with `jsondecode`." + unanswered),
		"prompt_tokens":     number("The number of tokens of the question and of what the model was given with it, from `meta_json`." + unanswered),
		"completion_tokens": number("The number of tokens of the answer, from `meta_json`." + unanswered),
		"total_tokens":      number("The number of tokens of both, from `meta_json`." + unanswered),
		"called_functions":  list("The names of the tool functions that were called for the answer, in the order of the calls, from `meta_json`." + unanswered),
	}
}
