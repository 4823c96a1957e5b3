package message

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// model is a message as the service shows it, in the resource and in the data source.
type model struct {
	ID           types.String `tfsdk:"id"`
	Query        types.String `tfsdk:"query"`
	Response     types.String `tfsdk:"response"`
	FinishReason types.String `tfsdk:"finish_reason"`
	ErrorMessage types.String `tfsdk:"error_message"`
	Citations    types.List   `tfsdk:"citations"`
	CreatedAt    types.String `tfsdk:"created_at"`
	ModifiedAt   types.String `tfsdk:"modified_at"`
}

// resourceModel adds what the service does not show.
type resourceModel struct {
	model
	SessionID types.String `tfsdk:"session_id"`
	Triggers  types.Map    `tfsdk:"triggers"`
}

type identity struct {
	SessionID types.String `tfsdk:"session_id"`
	ID        types.String `tfsdk:"id"`
}

func (m *resourceModel) identity() identity { return identity{m.SessionID, m.ID} }

func (m *resourceModel) session() hub.ID { return hub.ID(m.SessionID.ValueString()) }

func (m *resourceModel) hubID() hub.ID { return hub.ID(m.ID.ValueString()) }

// object names the message in messages to people.
func (m *resourceModel) object() string {
	if m.ID.IsNull() || m.ID.IsUnknown() {
		return fmt.Sprintf("%q to session %s", line(m.Query), m.SessionID.ValueString())
	}
	return fmt.Sprintf("%q (%s) of session %s", line(m.Query), m.ID.ValueString(), m.SessionID.ValueString())
}

// failure is how errors about this message are reported.
func (m *resourceModel) failure(doing string) base.Failure {
	return base.Failure{Doing: doing, Noun: "message", Object: m.object(), Attribute: func(loc []string) (path.Path, bool) {
		return path.Root("query"), loc[0] == "query"
	}}
}

// read takes an answer over. A question that the service has trimmed keeps its writing.
func (m *model) read(message hub.Message) {
	m.ID = types.StringValue(string(message.ID))
	if m.Query.IsNull() || !hub.SameText(message.Query, m.Query.ValueString()) {
		m.Query = types.StringValue(message.Query)
	}
	m.Response = types.StringPointerValue(message.Response)
	m.FinishReason = unlessEmpty(message.FinishReason)
	m.ErrorMessage = unlessEmpty(message.ErrorMessage)
	m.Citations = citations(message.Citations())
	m.CreatedAt = base.TextOr(message.CreatedAt, m.CreatedAt)
	m.ModifiedAt = base.TextOr(message.ModifiedAt, m.ModifiedAt)
}

// unlessEmpty is null for an empty text: deployments differ in what they answer where there is nothing to say.
func unlessEmpty[T ~string](text *T) types.String {
	if text == nil || *text == "" {
		return types.StringNull()
	}
	return types.StringValue(string(*text))
}

var citationType = types.ObjectType{AttrTypes: map[string]attr.Type{
	"key": types.StringType, "source_id": types.StringType, "title": types.StringType, "text": types.StringType,
	"file_name": types.StringType, "type": types.StringType,
}}

func citations(cited []hub.Citation) types.List {
	values := make([]attr.Value, 0, len(cited))
	for i := range cited {
		c := &cited[i]
		values = append(values, types.ObjectValueMust(citationType.AttrTypes, map[string]attr.Value{
			"key": types.StringValue(c.Key), "source_id": types.StringValue(string(c.SourceID)), "title": types.StringValue(string(c.Title)),
			"text": types.StringValue(string(c.Text)), "file_name": types.StringValue(string(c.FileName)), "type": types.StringValue(string(c.Type)),
		}))
	}
	return types.ListValueMust(citationType, values)
}
