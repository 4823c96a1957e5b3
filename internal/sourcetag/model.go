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

// model is a source tag, in the resource and in the data sources.
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

// object names the source tag in messages.
func (m *model) object() string {
	if m.ID.IsNull() || m.ID.IsUnknown() {
		return fmt.Sprintf("%q of chatbot %s", m.Name.ValueString(), m.ChatbotID.ValueString())
	}
	return fmt.Sprintf("%q (%s) of chatbot %s", m.Name.ValueString(), m.ID.ValueString(), m.ChatbotID.ValueString())
}

// failure is how errors about this source tag are reported; sent is the body of the request that failed.
func (m *model) failure(doing string, sent hub.SourceTagSettings) base.Failure {
	return base.Failure{Doing: doing, Noun: "source tag", Object: m.object(), Import: []string{"aichatbothub_source_tag", m.ChatbotID.ValueString()}, Attribute: func(loc []string) (path.Path, bool) { return attribute(loc, sent) }}
}

// attribute finds the attribute of a body's field. A place in the list of sources becomes the source that stands there: a set has no
// places that a reader could count.
func attribute(loc []string, sent hub.SourceTagSettings) (path.Path, bool) {
	switch loc[0] {
	case "name", "color":
		return path.Root(loc[0]), true
	case "data_source_uuids":
		at := path.Root("source_ids")
		if len(loc) < 2 || sent.DataSourceUUIDs == nil {
			return at, true
		}
		if i, err := strconv.Atoi(loc[1]); err == nil && i >= 0 && i < len(*sent.DataSourceUUIDs) {
			return at.AtSetValue(types.StringValue(string((*sent.DataSourceUUIDs)[i]))), true
		}
		return at, true
	}
	return path.Empty(), false
}

// changes is the body of the request that makes state into m; an empty state gives that of a create. What is equal, or not known because
// it is not managed, is left out.
func (m *model) changes(state model) hub.SourceTagSettings {
	var s hub.SourceTagSettings
	if !m.Name.Equal(state.Name) {
		s.Name = new(m.Name.ValueString())
	}
	if !m.Color.Equal(state.Color) { // an equal one has the state's writing since the plan
		s.Color = new(m.Color.ValueString())
	}
	if !m.SourceIDs.IsNull() && !m.SourceIDs.IsUnknown() && !m.SourceIDs.Equal(state.SourceIDs) {
		ids := []hub.ID{} // empty takes all sources out, nil would be left out of the body
		for _, v := range m.SourceIDs.Elements() {
			if id, ok := v.(types.String); ok {
				ids = append(ids, hub.ID(id.ValueString()))
			}
		}
		s.DataSourceUUIDs = &ids
	}
	return s
}

// read takes an answer over. An answer without the sources is a short one: what it lacks keeps the value there was. An equal colour keeps
// its writing.
func (m *model) read(t hub.SourceTag) {
	m.ID = types.StringValue(string(t.ID))
	short := t.DataSourceUUIDs == nil
	if t.Name != "" || !short {
		m.Name = types.StringValue(t.Name)
	}
	if t.Color != "" || !short {
		m.Color = base.SameColor(t.Color, m.Color)
	}
	m.SourceIDs = sources(t.DataSourceUUIDs, m.SourceIDs)
	m.CreatedAt = base.NonEmptyOrPrior(t.CreatedAt, m.CreatedAt)
	m.ModifiedAt = base.NonEmptyOrPrior(t.ModifiedAt, m.ModifiedAt)
}

func sources(answer *[]hub.ID, prior types.Set) types.Set {
	switch {
	case answer != nil:
		ids := make([]attr.Value, 0, len(*answer))
		for _, id := range *answer {
			ids = append(ids, types.StringValue(string(id)))
		}
		return types.SetValueMust(types.StringType, ids)
	case prior.IsUnknown(): // only a create comes here, and a new source tag has none
		return types.SetValueMust(types.StringType, nil)
	case prior.IsNull(): // a zero value would have no type of its elements
		return types.SetNull(types.StringType)
	}
	return prior
}

// keepPlanned puts planned values back where the answer has others, and collects their names.
func (m *model) keepPlanned(plan model) *base.NotApplied {
	var r, quiet base.NotApplied // what the configuration cannot say is no refusal
	m.Name = base.KeepPlanned(&r, "name", plan.Name, m.Name)
	m.Color = base.KeepPlanned(&r, "color", plan.Color, m.Color)
	m.SourceIDs = base.KeepPlanned(&r, "source_ids", plan.SourceIDs, m.SourceIDs)
	m.ID = base.KeepPlanned(&quiet, "id", plan.ID, m.ID)
	m.CreatedAt = base.KeepPlanned(&quiet, "created_at", plan.CreatedAt, m.CreatedAt)
	return &r
}
