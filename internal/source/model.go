package source

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// model has the attributes that the resource and the data sources share.
type model struct {
	ID        types.String `tfsdk:"id"`
	ChatbotID types.String `tfsdk:"chatbot_id"`
	createSettings
	Title      types.String `tfsdk:"title"`
	Type       types.String `tfsdk:"type"`
	Status     types.String `tfsdk:"status"`
	Trained    types.Bool   `tfsdk:"trained"`
	FileName   types.String `tfsdk:"file_name"`
	FileSize   types.Int64  `tfsdk:"file_size"`
	Tokens     types.Int64  `tfsdk:"tokens"`
	CreatedAt  types.String `tfsdk:"created_at"`
	ModifiedAt types.String `tfsdk:"modified_at"`
}

// createSettings has the settings that are sent only in a create. An update stores them in the state, for an imported source whose responses
// do not contain them.
type createSettings struct {
	QA                  types.Object `tfsdk:"qa"`
	URL                 types.String `tfsdk:"url"`
	ReferenceSourceLink types.String `tfsdk:"reference_source_link"`
}

// resourceModel adds the attributes that only the resource has.
type resourceModel struct {
	model
	localSettings
}

// localSettings has the attributes that the service does not store.
type localSettings struct {
	File            types.Object   `tfsdk:"file"`
	ContentSHA256   types.String   `tfsdk:"content_sha256"`
	ContentChanges  types.String   `tfsdk:"content_changes"`
	WaitForTraining types.Bool     `tfsdk:"wait_for_training"`
	RetrainTriggers types.Map      `tfsdk:"retrain_triggers"`
	MaxAge          types.String   `tfsdk:"max_age"`
	Timeouts        timeouts.Value `tfsdk:"timeouts"`
}

type identity struct {
	ChatbotID types.String `tfsdk:"chatbot_id"`
	ID        types.String `tfsdk:"id"`
}

// file is the value of the attribute file.
type file struct {
	Path          types.String `tfsdk:"path"`
	Content       types.String `tfsdk:"content"`
	ContentBase64 types.String `tfsdk:"content_base64"`
	Name          types.String `tfsdk:"name"`
}

// qa is the value of the attribute qa.
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

// object identifies the source in diagnostics.
func (m *model) object() string {
	if shown := m.shown(); shown != "" {
		return fmt.Sprintf("%s of chatbot %s", shown, m.ChatbotID.ValueString())
	}
	return "of chatbot " + m.ChatbotID.ValueString()
}

// shown identifies the source in a diagnostic about its chatbot. A question has no name: its text can contain a secret.
func (m *model) shown() string {
	name := cmp.Or(m.FileName.ValueString(), m.URL.ValueString())
	switch {
	case !m.QA.IsNull():
		name = ""
	case !m.URL.IsNull() || strings.Contains(name, "/") && hub.IsAddress(hub.NormalAddress(name)):
		name = hub.WithScheme(name) // base.Quote shows only the host of an address
	}
	known := !m.ID.IsNull() && !m.ID.IsUnknown()
	switch {
	case name == "" && known:
		return m.ID.ValueString()
	case name == "":
		return ""
	case known:
		return fmt.Sprintf("%s (%s)", base.Quote(name), m.ID.ValueString())
	}
	return base.Quote(name)
}

// failure describes an operation on this source that failed.
func (m *model) failure(doing string) base.Failure {
	return base.Failure{Doing: doing, Noun: "source", Object: m.object(), Attribute: attribute, Import: []string{"aichatbothub_source", m.ChatbotID.ValueString()}}
}

// attribute returns the attribute of a field of a request body.
func attribute(loc []string) (path.Path, bool) {
	if loc[0] == "meta_json" && len(loc) > 1 {
		loc = loc[1:]
	}
	switch loc[0] {
	case "question", "answer":
		return path.Root("qa").AtName(loc[0]), true
	case "url", "title", "reference_source_link", "file":
		return path.Root(loc[0]), true
	}
	return path.Empty(), false
}

// kind returns the kind of the source. The configured one is right whatever type the service lists (api.md §3). Only after an import, when
// none is configured, the response decides.
func (m *model) kind(s hub.Source) hub.SourceKind {
	switch {
	case !m.QA.IsNull():
		return hub.SourceOfQuestion
	case !m.URL.IsNull():
		return hub.SourceOfPage
	}
	return s.Kind()
}

// kind returns the kind of the source.
func (m *resourceModel) kind(s hub.Source) hub.SourceKind {
	if !m.File.IsNull() {
		return hub.SourceOfFile
	}
	return m.model.kind(s)
}

// read updates the model from a response about a source of a kind. Attributes that the response lacks keep their value, or become null when
// they are unknown.
func (m *model) read(s hub.Source, kind hub.SourceKind) {
	m.ID = types.StringValue(string(s.ID))
	if m.Title = base.StringOrPrior(s.Title, m.Title); m.Title.ValueString() == "" {
		m.Title = types.StringNull() // a source without a title, which a configuration cannot have
	}
	m.Type = base.NonEmptyOrPrior(s.Type, m.Type)
	m.Status = base.NonEmptyOrPrior(s.Status, m.Status)
	m.Trained = types.BoolValue(hub.ParseTrainingStatus(m.Status.ValueString()).Trained)
	m.FileName = base.NonEmptyOrPrior(s.FileName, m.FileName)
	m.FileSize = int64Or(s.FileSize, m.FileSize)
	m.Tokens = int64Or(s.Tokens, m.Tokens)
	m.CreatedAt = base.NonEmptyOrPrior(s.CreatedAt, m.CreatedAt)
	m.ModifiedAt = base.NonEmptyOrPrior(s.ModifiedAt, m.ModifiedAt)
	meta := s.Meta()
	m.ReferenceSourceLink = linkOrPrior(valueOrEmpty(meta.ReferenceSourceLink), m.ReferenceSourceLink)
	switch {
	case kind == hub.SourceOfQuestion:
		m.QA = qaValue(meta, m.QA)
	case kind == hub.SourceOfPage && m.URL.IsNull() && !m.FileName.IsNull():
		m.URL = types.StringValue(hub.WithScheme(m.FileName.ValueString()))
	}
}

// read updates the model of the resource from a response. The resource represents every source that is neither a question nor a web page as a
// file, including those that the web app created (schema.md).
func (m *resourceModel) read(s hub.Source) {
	kind := m.kind(s)
	m.model.read(s, kind)
	if m.File.IsNull() && kind == hub.SourceOfFile {
		m.File = types.ObjectValueMust(fileTypes, map[string]attr.Value{"path": types.StringNull(), "content": types.StringNull(),
			"content_base64": types.StringNull(), "name": m.FileName})
	}
	if m.WaitForTraining.IsNull() { // after an import: an untrained source plans an update when the configuration waits for training
		m.WaitForTraining = m.Trained
	}
	if m.ContentChanges.IsNull() { // after an import
		m.ContentChanges = types.StringValue(contentReplaces)
	}
	if m.ContentSHA256.IsUnknown() {
		m.ContentSHA256 = types.StringNull()
	}
}

// qaValue returns the question and the answer, as far as the response has them, and else the prior ones.
func qaValue(meta hub.SourceMeta, prior types.Object) types.Object {
	value := func(name string, response *string) attr.Value {
		before, _ := prior.Attributes()[name].(types.String)
		return base.StringOrPrior(response, before)
	}
	return types.ObjectValueMust(qaTypes, map[string]attr.Value{"question": value("question", meta.Question), "answer": value("answer", meta.Answer)})
}

// keepSettings keeps the planned settings, which no update changes, so that the form in which the service returns them is of no importance.
// A link that the configuration does not have is that of the service.
func (m *model) keepSettings(planned createSettings) {
	if planned.ReferenceSourceLink.IsUnknown() {
		planned.ReferenceSourceLink = m.ReferenceSourceLink
	}
	m.createSettings = planned
}

// int64Or returns the value of a response, or else the prior value, or else null. A number that is not whole counts as missing.
func int64Or(response *hub.Number, prior types.Int64) types.Int64 {
	if response != nil {
		if n, err := response.Int(); err == nil {
			return types.Int64Value(n)
		}
	}
	if prior.IsUnknown() {
		return types.Int64Null()
	}
	return prior
}

// valueOrEmpty returns the value of a text, or "" for nil.
func valueOrEmpty(text *string) string {
	if text == nil {
		return ""
	}
	return *text
}
