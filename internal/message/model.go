package message

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// model has the attributes that the resource and the data source share.
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

// resourceModel adds the attributes that the service does not return.
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

// object identifies the message in diagnostics. The question is not quoted, because it can contain a secret.
func (m *resourceModel) object() string {
	if m.ID.IsNull() || m.ID.IsUnknown() {
		return "to session " + m.SessionID.ValueString()
	}
	return fmt.Sprintf("%s of session %s", m.ID.ValueString(), m.SessionID.ValueString())
}

// failure describes an operation on this message that failed.
func (m *resourceModel) failure(doing string) base.Failure {
	return base.Failure{Doing: doing, Noun: "message", Object: m.object(), Attribute: func(loc []string) (path.Path, bool) {
		return path.Root("query"), loc[0] == "query"
	}}
}

// read updates the model from a response. A question that the service has trimmed keeps its prior value.
func (m *model) read(message hub.Message) {
	m.ID = types.StringValue(string(message.ID))
	if !message.IsUnreadable("query") {
		m.Query = base.Text(message.Query, m.Query)
	}
	m.Response = base.StringOrPrior(nil, m.Response)
	if !message.IsUnreadable("response") {
		m.Response = types.StringPointerValue(message.Response)
	}
	m.FinishReason = base.StringOrPrior(nil, m.FinishReason)
	if !message.IsUnreadable("finish_reason") {
		m.FinishReason = nullIfEmpty(message.FinishReason)
	}
	m.ErrorMessage = nullIfEmpty(message.ErrorText())
	if cited := message.Citations(); cited != nil || message.CiteDataJSON == "" || m.Citations.IsNull() || m.Citations.IsUnknown() {
		m.Citations = citations(cited)
	}
	m.CreatedAt = base.NonEmptyOrPrior(message.CreatedAt, m.CreatedAt)
	m.ModifiedAt = base.NonEmptyOrPrior(message.ModifiedAt, m.ModifiedAt)
}

// nullIfEmpty returns null for an empty or missing text: deployments differ in how they represent a missing value.
func nullIfEmpty[T ~string](text *T) types.String {
	if text == nil || *text == "" {
		return types.StringNull()
	}
	return types.StringValue(string(*text))
}

var citationType = types.ObjectType{AttrTypes: map[string]attr.Type{
	"key": types.StringType, "source_id": types.StringType, "title": types.StringType, "text": types.StringType,
	"file_name": types.StringType, "type": types.StringType,
}}

// citations returns the value of the citations attribute.
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
