package source

import (
	"cmp"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// model is what the resource and the data sources share.
type model struct {
	ID                  types.String `tfsdk:"id"`
	ChatbotID           types.String `tfsdk:"chatbot_id"`
	QA                  types.Object `tfsdk:"qa"`
	URL                 types.String `tfsdk:"url"`
	ReferenceSourceLink types.String `tfsdk:"reference_source_link"`
	Title               types.String `tfsdk:"title"`
	Type                types.String `tfsdk:"type"`
	Status              types.String `tfsdk:"status"`
	Trained             types.Bool   `tfsdk:"trained"`
	FileName            types.String `tfsdk:"file_name"`
	FileSize            types.Int64  `tfsdk:"file_size"`
	Tokens              types.Int64  `tfsdk:"tokens"`
	CreatedAt           types.String `tfsdk:"created_at"`
	ModifiedAt          types.String `tfsdk:"modified_at"`
}

// resourceModel adds what the service does not know.
type resourceModel struct {
	model
	File            types.Object   `tfsdk:"file"`
	ContentSHA256   types.String   `tfsdk:"content_sha256"`
	WaitForTraining types.Bool     `tfsdk:"wait_for_training"`
	RetrainTriggers types.Map      `tfsdk:"retrain_triggers"`
	Timeouts        timeouts.Value `tfsdk:"timeouts"`
}

type identity struct {
	ChatbotID types.String `tfsdk:"chatbot_id"`
	ID        types.String `tfsdk:"id"`
}

// file and qa are the nested values as Go structs.
type file struct {
	Path          types.String `tfsdk:"path"`
	Content       types.String `tfsdk:"content"`
	ContentBase64 types.String `tfsdk:"content_base64"`
	Name          types.String `tfsdk:"name"`
}

type qa struct {
	Question types.String `tfsdk:"question"`
	Answer   types.String `tfsdk:"answer"`
}

var (
	fileTypes = map[string]attr.Type{"path": types.StringType, "content": types.StringType, "content_base64": types.StringType, "name": types.StringType}
	qaTypes   = map[string]attr.Type{"question": types.StringType, "answer": types.StringType}
)

func (m *model) identity() identity { return identity{m.ChatbotID, m.ID} }

func (m *model) chatbot() hub.ID { return hub.ID(m.ChatbotID.ValueString()) }

func (m *model) hubID() hub.ID { return hub.ID(m.ID.ValueString()) }

// object names the source in messages.
func (m *model) object() string {
	question, _ := m.QA.Attributes()["question"].(types.String)
	name := cmp.Or(m.FileName.ValueString(), m.URL.ValueString(), question.ValueString(), m.Title.ValueString())
	if m.ID.IsNull() || m.ID.IsUnknown() {
		return fmt.Sprintf("%q of chatbot %s", name, m.ChatbotID.ValueString())
	}
	return fmt.Sprintf("%q (%s) of chatbot %s", name, m.ID.ValueString(), m.ChatbotID.ValueString())
}

// failure is how errors about this source are reported.
func (m *model) failure(doing string) base.Failure {
	return base.Failure{Doing: doing, Noun: "source", Object: m.object(), Attribute: attribute, Import: []string{"aichatbothub_source", m.ChatbotID.ValueString()}}
}

// attribute finds the attribute of a body's field.
func attribute(loc []string) (path.Path, bool) {
	switch loc[0] {
	case "question", "answer":
		return path.Root("qa").AtName(loc[0]), true
	case "url", "title", "reference_source_link", "file":
		return path.Root(loc[0]), true
	}
	return path.Empty(), false
}

// read takes an answer over. What it lacks keeps the value there was, else it is null.
func (m *model) read(s hub.Source) {
	m.ID = types.StringValue(string(s.ID))
	m.Title = base.StringOrPrior(s.Title, m.Title)
	m.Type = base.NonEmptyOrPrior(s.Type, m.Type)
	m.Status = base.NonEmptyOrPrior(s.Status, m.Status)
	m.Trained = types.BoolValue(classify(m.Status.ValueString()).done)
	m.FileName = base.NonEmptyOrPrior(s.FileName, m.FileName)
	m.FileSize = number(s.FileSize, m.FileSize)
	m.Tokens = number(s.Tokens, m.Tokens)
	m.CreatedAt = base.NonEmptyOrPrior(s.CreatedAt, m.CreatedAt)
	m.ModifiedAt = base.NonEmptyOrPrior(s.ModifiedAt, m.ModifiedAt)
	meta := s.Meta()
	m.ReferenceSourceLink = base.StringOrPrior(notEmpty(meta.ReferenceSourceLink), m.ReferenceSourceLink)
	switch m.Type.ValueString() {
	case hub.SourceQA:
		m.QA = qaValue(meta, m.QA)
	case hub.SourceLink:
		if m.URL.IsNull() || m.URL.IsUnknown() {
			m.URL = m.FileName
		}
	}
}

// readWhole is read for the resource: it knows of every source that is neither a question nor a link as a file, also those that were
// made in the web app (schema.md).
func (m *resourceModel) readWhole(s hub.Source) {
	m.read(s)
	if m.File.IsNull() && m.Type.ValueString() != hub.SourceQA && m.Type.ValueString() != hub.SourceLink {
		m.File = types.ObjectValueMust(fileTypes, map[string]attr.Value{"path": types.StringNull(), "content": types.StringNull(),
			"content_base64": types.StringNull(), "name": m.FileName})
	}
	if m.WaitForTraining.IsNull() { // After an import. Nobody has waited for what is not trained: a configuration that waits plans to.
		m.WaitForTraining = m.Trained
	}
	if m.ContentSHA256.IsUnknown() {
		m.ContentSHA256 = types.StringNull()
	}
}

// qaValue is the question and the answer, as far as the service shows them. A text that is equal keeps the writing it had.
func qaValue(meta hub.SourceMeta, prior types.Object) types.Object {
	before := map[string]attr.Value{"question": types.StringNull(), "answer": types.StringNull()}
	if !prior.IsNull() && !prior.IsUnknown() {
		before = prior.Attributes()
	}
	value := func(name string, answer *string) attr.Value {
		if answer == nil || sameText(types.StringValue(*answer), before[name]) {
			return before[name]
		}
		return types.StringValue(*answer)
	}
	return types.ObjectValueMust(qaTypes, map[string]attr.Value{"question": value("question", meta.Question), "answer": value("answer", meta.Answer)})
}

// sameText says whether two texts are known and the same but for white space at both ends, which the service may cut.
func sameText(a, b attr.Value) bool {
	one, okA := a.(types.String)
	other, okB := b.(types.String)
	known := okA && okB && !one.IsNull() && !one.IsUnknown() && !other.IsNull() && !other.IsUnknown()
	return known && hub.SameText(one.ValueString(), other.ValueString())
}

func number(answer *hub.Number, prior types.Int64) types.Int64 {
	switch {
	case answer != nil:
		return types.Int64Value(int64(*answer))
	case prior.IsUnknown():
		return types.Int64Null()
	}
	return prior
}

func notEmpty(s *string) *string {
	if s == nil || *s == "" {
		return nil
	}
	return s
}
