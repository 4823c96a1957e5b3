package message

import (
	"cmp"
	"context"
	"fmt"
	"maps"
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

// ListDataSource is aichatbothub_messages: the messages of a session.
type ListDataSource struct{ base.DataSource }

type listModel struct {
	SessionID  types.String  `tfsdk:"session_id"`
	Messages   []listedModel `tfsdk:"messages"`
	Transcript types.String  `tfsdk:"transcript"`
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
	attributes := detailAttributes()
	maps.Copy(attributes, map[string]schema.Attribute{
		"id": base.ReadID("message"), "query": text(queryText), "response": text(responseText), "finish_reason": text(finishText), "error_message": text(errorText),
		"citations":  schema.ListNestedAttribute{Computed: true, NestedObject: schema.NestedAttributeObject{Attributes: cited}, MarkdownDescription: citedText},
		"created_at": base.ReadCreatedAt("message"), "modified_at": base.ReadModifiedAt("message"),
	})
	resp.Schema = schema.Schema{
		MarkdownDescription: "Lists the messages of a session, and returns its transcript.",
		Attributes: map[string]schema.Attribute{
			"session_id": schema.StringAttribute{Required: true, Validators: []validator.String{base.IDForm{}}, MarkdownDescription: "The id of the session."},
			"messages": schema.ListNestedAttribute{
				Computed: true, MarkdownDescription: "The messages, oldest first: by `created_at`; messages of the same second are in the order of the service.",
				NestedObject: schema.NestedAttributeObject{Attributes: attributes},
			},
			"transcript": text("The transcript of the session, as the service formats it. Null, with a warning, when the deployment does not offer transcripts."),
		},
	}
}

// Read implements datasource.DataSource.
func (d *ListDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	defer base.Recover(&resp.Diagnostics)
	var m listModel
	if !d.ReadConfig(ctx, req.Config, &m, &resp.Diagnostics) {
		return
	}
	session := hub.ID(m.SessionID.ValueString())
	messages, err := d.Hub.Messages(ctx, session)
	switch {
	case hub.IsGone(err):
		reportSessionNotFound(m.SessionID, &resp.Diagnostics)
		return
	case err != nil:
		base.Failure{Doing: "list", Noun: "messages", Object: m.object()}.Report(&resp.Diagnostics, err)
		return
	}
	m.Messages = []listedModel{}
	for _, message := range oldestFirst(messages) {
		var one listedModel
		one.read(message)
		one.readDetails(message)
		m.Messages = append(m.Messages, one)
	}
	text, err := d.Hub.Transcript(ctx, session)
	if m.readTranscript(text, err, &resp.Diagnostics) {
		resp.Diagnostics.Append(resp.State.Set(ctx, m)...)
	}
}

// object identifies the messages in diagnostics.
func (m *listModel) object() string { return "of session " + m.SessionID.ValueString() }

// readTranscript sets the transcript, or null for a deployment that offers none: the session exists, because its messages were just listed. It
// returns false when it reports an error.
func (m *listModel) readTranscript(text string, err error, diags *diag.Diagnostics) bool {
	switch {
	case err == nil:
		m.Transcript = types.StringValue(text)
	case hub.IsNotOffered(err):
		m.Transcript = types.StringNull()
		diags.AddAttributeWarning(path.Root("session_id"), "No transcript",
			fmt.Sprintf("This deployment has no transcripts, so transcript is null for session %s. The attribute messages is complete.", m.SessionID.ValueString()))
	default:
		base.Failure{Doing: "read", Noun: "transcript", Object: m.object()}.Report(diags, err)
		return false
	}
	return true
}

// oldestFirst sorts messages by creation. Times have whole seconds, so messages of the same second keep the order of the list, which is
// oldest first (api.md §2). A list with descending times is reversed first.
func oldestFirst(messages []hub.Message) []hub.Message {
	sorted := slices.Clone(messages)
	if n := len(sorted); n > 0 && sorted[0].CreatedAt > sorted[n-1].CreatedAt {
		slices.Reverse(sorted)
	}
	return hub.SortedFunc(sorted, func(a, b hub.Message) int { return cmp.Compare(a.CreatedAt, b.CreatedAt) })
}
