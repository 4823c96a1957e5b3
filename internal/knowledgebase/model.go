package knowledgebase

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// model is the model of the resource.
type model struct {
	ID        types.String `tfsdk:"id"`
	ChatbotID types.String `tfsdk:"chatbot_id"`
	inputs
	settings
	computed
}

// inputs are the attributes that say which documents there are.
type inputs struct {
	Folder    types.Object `tfsdk:"folder"`
	Questions types.Map    `tfsdk:"questions"`
	Pages     types.Set    `tfsdk:"pages"`
}

// settings are the attributes that say how an apply works.
type settings struct {
	Replace         types.String   `tfsdk:"replace"`
	WaitForTraining types.Bool     `tfsdk:"wait_for_training"`
	RetrainTriggers types.Map      `tfsdk:"retrain_triggers"`
	PagesMaxAge     types.String   `tfsdk:"pages_max_age"`
	Adopt           types.Bool     `tfsdk:"adopt"`
	Timeouts        timeouts.Value `tfsdk:"timeouts"`
}

// computed are the attributes that the provider sets.
type computed struct {
	Content       types.Map    `tfsdk:"content"`
	ContentSHA256 types.String `tfsdk:"content_sha256"`
	SourceIDs     types.Map    `tfsdk:"source_ids"`
	Failed        types.Map    `tfsdk:"failed"`
	Trained       types.Bool   `tfsdk:"trained"`
	Revision      types.String `tfsdk:"revision"`
}

// folder is the value of the attribute folder.
type folder struct {
	Path       types.String `tfsdk:"path"`
	Include    types.List   `tfsdk:"include"`
	Exclude    types.List   `tfsdk:"exclude"`
	LinkPrefix types.String `tfsdk:"link_prefix"`
}

func (m *model) chatbot() hub.ID { return hub.ID(m.ChatbotID.ValueString()) }

// object identifies the knowledge base in diagnostics.
func (m *model) object() string {
	if m.ID.IsNull() || m.ID.IsUnknown() {
		return "of chatbot " + m.ChatbotID.ValueString()
	}
	return fmt.Sprintf("%s of chatbot %s", m.ID.ValueString(), m.ChatbotID.ValueString())
}

// failure describes an operation that failed.
func (m *model) failure(doing string) base.Failure {
	return base.Failure{Doing: doing, Noun: "knowledge base", Object: m.object()}
}

// sources returns the ids of the sources by key, without those that are not known yet.
func (m *model) sources() map[string]hub.ID {
	ids := map[string]hub.ID{}
	for key, text := range base.StringMap(m.SourceIDs) {
		ids[key] = hub.ID(text)
	}
	return ids
}

// renameKeys gives the questions and pages of a state the keys that a configuration has for them, if it writes them in another way: with other
// white space at both ends of a question, or in another form of an address. They are the same documents.
func (m *model) renameKeys(next inputs, left progress) {
	ids := m.sources()
	after := append(questionsOf(next.Questions), pagesOf(next.Pages)...)
	configured := contentOf(after)
	before := map[document]string{} // the key, by kind and name
	for _, d := range append(questionsOf(m.Questions), pagesOf(m.Pages)...) {
		if _, stays := configured[d.key]; !stays && ids[d.key] != "" {
			before[document{kind: d.kind, key: d.sourceName("")}] = d.key
		}
	}
	if len(before) == 0 {
		return
	}
	content, failed := base.StringMap(m.Content), base.StringMap(m.Failed)
	for _, d := range after {
		if old, found := before[document{kind: d.kind, key: d.sourceName("")}]; found && ids[d.key] == "" {
			renameKey(ids, old, d.key)
			renameKey(content, old, d.key)
			renameKey(failed, old, d.key)
			left.rename(old, d.key)
		}
	}
	m.SourceIDs, m.Content, m.Failed = base.StringMapValue(ids), base.StringMapValue(content), base.StringMapValue(failed)
}
