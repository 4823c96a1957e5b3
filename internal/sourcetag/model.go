package sourcetag

import (
	"fmt"
	"strconv"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// model has the attributes of the resource, which are also those of the data sources.
type model struct {
	ID         types.String `tfsdk:"id"`
	ChatbotID  types.String `tfsdk:"chatbot_id"`
	Name       types.String `tfsdk:"name"`
	Color      types.String `tfsdk:"color"`
	SourceIDs  types.Set    `tfsdk:"source_ids"`
	CreatedAt  types.String `tfsdk:"created_at"`
	ModifiedAt types.String `tfsdk:"modified_at"`
}

type identity struct {
	ChatbotID types.String `tfsdk:"chatbot_id"`
	ID        types.String `tfsdk:"id"`
}

func (m *model) identity() identity { return identity{m.ChatbotID, m.ID} }

func (m *model) chatbot() hub.ID { return hub.ID(m.ChatbotID.ValueString()) }

func (m *model) hubID() hub.ID { return hub.ID(m.ID.ValueString()) }

// object identifies the source tag in diagnostics.
func (m *model) object() string {
	if m.ID.IsNull() || m.ID.IsUnknown() {
		return fmt.Sprintf("%q of chatbot %s", m.Name.ValueString(), m.ChatbotID.ValueString())
	}
	return fmt.Sprintf("%q (%s) of chatbot %s", m.Name.ValueString(), m.ID.ValueString(), m.ChatbotID.ValueString())
}

// failure describes an operation on this source tag that failed. sent is the body of the request.
func (m *model) failure(doing string, sent hub.SourceTagSettings) base.Failure {
	return base.Failure{Doing: doing, Noun: "source tag", Object: m.object(), Import: []string{"aichatbothub_source_tag", m.ChatbotID.ValueString()}, Attribute: func(loc []string) (path.Path, bool) { return attribute(loc, sent) }}
}

// attribute returns the attribute of a field of a request body. An index of the list of sources becomes the element of the set, because
// sets have no indexes.
func attribute(loc []string, sent hub.SourceTagSettings) (path.Path, bool) {
	switch loc[0] {
	case "name", "color":
		return path.Root(loc[0]), true
	case "data_source_uuids":
	default:
		return path.Empty(), false
	}
	at := path.Root("source_ids")
	if len(loc) < 2 || sent.DataSourceUUIDs == nil {
		return at, true
	}
	if i, err := strconv.Atoi(loc[1]); err == nil && i >= 0 && i < len(*sent.DataSourceUUIDs) {
		return at.AtSetValue(types.StringValue(string((*sent.DataSourceUUIDs)[i]))), true
	}
	return at, true
}

// changes returns the body of the request that changes state into m; for an empty state, that of a create. It omits equal values, and
// source_ids while they are unknown, which means that they are not managed.
func (m *model) changes(state model) hub.SourceTagSettings {
	var s hub.SourceTagSettings
	if !m.Name.Equal(state.Name) {
		s.Name = new(m.Name.ValueString())
	}
	if !m.Color.Equal(state.Color) {
		s.Color = new(m.Color.ValueString())
	}
	if !m.SourceIDs.IsNull() && !m.SourceIDs.IsUnknown() && !m.SourceIDs.Equal(state.SourceIDs) {
		ids := []hub.ID{} // empty removes the tag from all sources; nil would be omitted from the body
		for _, v := range m.SourceIDs.Elements() {
			if id, ok := v.(types.String); ok {
				ids = append(ids, hub.ID(id.ValueString()))
			}
		}
		s.DataSourceUUIDs = &ids
	}
	return s
}

// read updates the model from a response. A response without sources is partial: attributes that it lacks keep their value. A color that
// differs only in case keeps its prior value.
func (m *model) read(t hub.SourceTag) {
	m.ID = types.StringValue(string(t.ID))
	partial := t.DataSourceUUIDs == nil && !t.IsUnreadable("data_source_uuids")
	if t.Name != "" || !partial && !t.IsUnreadable("name") {
		m.Name = base.Text(t.Name, m.Name)
	}
	if t.Color != "" || !partial && !t.IsUnreadable("color") {
		m.Color = base.SameColor(t.Color, m.Color)
	}
	m.SourceIDs = sourceIDs(t.DataSourceUUIDs, m.SourceIDs)
	m.CreatedAt = base.NonEmptyOrPrior(t.CreatedAt, m.CreatedAt)
	m.ModifiedAt = base.NonEmptyOrPrior(t.ModifiedAt, m.ModifiedAt)
}

// sourceIDs returns the value of source_ids after a response. ids is nil when the response has no sources.
func sourceIDs(ids *[]hub.ID, prior types.Set) types.Set {
	switch {
	case ids != nil:
		values := make([]attr.Value, 0, len(*ids))
		for _, id := range *ids {
			values = append(values, types.StringValue(string(id)))
		}
		return types.SetValueMust(types.StringType, values)
	case prior.IsUnknown(): // in a create only, and a new source tag has no sources
		return types.SetValueMust(types.StringType, nil)
	case prior.IsNull(): // also a zero value, which has no element type
		return types.SetNull(types.StringType)
	}
	return prior
}
