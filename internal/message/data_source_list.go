package message

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

var _ datasource.DataSourceWithConfigure = &ListDataSource{}

// NewListDataSource makes the data source aichatbothub_messages.
func NewListDataSource() datasource.DataSource { return &ListDataSource{} }

// ListDataSource is aichatbothub_messages: the conversation of a session.
type ListDataSource struct{ base.DataSource }

type listModel struct {
	SessionID  types.String `tfsdk:"session_id"`
	Messages   []model      `tfsdk:"messages"`
	Transcript types.String `tfsdk:"transcript"`
}

// Metadata implements datasource.DataSource.
func (d *ListDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_messages"
}

// Schema implements datasource.DataSource.
func (d *ListDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	text := func(t string) schema.StringAttribute {
		return schema.StringAttribute{Computed: true, MarkdownDescription: t}
	}
	cited := map[string]schema.Attribute{}
	for name, t := range citationTexts {
		cited[name] = text(t)
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "The conversation of a session: its questions and answers one by one, and as a text. Reading it costs no credits.\n\n" +
			"What visitors have written gets into the state of Terraform this way. Mind who can read that.",
		Attributes: map[string]schema.Attribute{
			"session_id": schema.StringAttribute{Required: true, Validators: []validator.String{base.UUID()}, MarkdownDescription: "The id of the session."},
			"messages": schema.ListNestedAttribute{
				Computed: true, MarkdownDescription: "The messages in the order of the conversation, oldest first: by `created_at`, and those of the same second as the service lists them.",
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"id": base.ReadID("message"), "query": text(queryText), "response": text(responseText), "finish_reason": text(finishText), "error_message": text(errorText),
					"citations":  schema.ListNestedAttribute{Computed: true, NestedObject: schema.NestedAttributeObject{Attributes: cited}, MarkdownDescription: citedText},
					"created_at": base.ReadCreatedAt("message"), "modified_at": base.ReadModifiedAt("message"),
				}},
			},
			"transcript": text("The conversation as a text, in the form in which the service writes it down. Null, with a warning, where the deployment does not offer that."),
		},
	}
}

// Read implements datasource.DataSource.
func (d *ListDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	defer base.Contain(&resp.Diagnostics)
	var m listModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &m)...)
	if resp.Diagnostics.HasError() || !d.Ready(&resp.Diagnostics) {
		return
	}
	session := hub.ID(m.SessionID.ValueString())
	messages, err := d.Hub.Messages(ctx, session)
	switch {
	case hub.IsGone(err):
		noSession(m.SessionID, &resp.Diagnostics)
		return
	case err != nil:
		base.Failure{Doing: "list", Noun: "messages", Object: m.object()}.Report(&resp.Diagnostics, err)
		return
	}
	m.Messages = []model{}
	for _, message := range inOrder(messages) {
		var one model
		one.read(message)
		m.Messages = append(m.Messages, one)
	}
	text, err := d.Hub.Transcript(ctx, session)
	if m.readTranscript(text, err, &resp.Diagnostics) {
		resp.Diagnostics.Append(resp.State.Set(ctx, m)...)
	}
}

func (m *listModel) object() string { return "of session " + m.SessionID.ValueString() }

// readTranscript takes the transcript over, or null from a deployment that has none: the session is there, its messages were just listed.
func (m *listModel) readTranscript(text string, err error, diags *diag.Diagnostics) bool {
	answer, _ := errors.AsType[*hub.AnswerError](err)
	refusal := hub.AsError(err)
	switch {
	case err == nil:
		m.Transcript = types.StringValue(text)
	case answer != nil && answer.HTML || refusal != nil && refusal.Status == http.StatusNotFound:
		m.Transcript = types.StringNull()
		diags.AddAttributeWarning(path.Root("session_id"), "No transcript",
			"This deployment of the service offers no transcript, so transcript is null. The messages themselves are there.")
	default:
		base.Failure{Doing: "read", Noun: "transcript", Object: m.object()}.Report(diags, err)
		return false
	}
	return true
}

// inOrder gives messages in the order in which they were said. Times have whole seconds, so within one the order of the list decides: the
// service lists oldest first (api.md §2). A list whose times go down is the other way round.
func inOrder(messages []hub.Message) []hub.Message {
	sorted := slices.Clone(messages)
	if n := len(sorted); n > 0 && sorted[0].CreatedAt > sorted[n-1].CreatedAt {
		slices.Reverse(sorted)
	}
	slices.SortStableFunc(sorted, func(a, b hub.Message) int { return cmp.Compare(a.CreatedAt, b.CreatedAt) })
	return sorted
}
