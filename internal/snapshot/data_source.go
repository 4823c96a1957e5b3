package snapshot

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/account"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

var _ datasource.DataSourceWithConfigure = &DataSource{}

// NewDataSource makes the data source aichatbothub_chatbot_snapshot.
func NewDataSource() datasource.DataSource { return &DataSource{} }

// DataSource is aichatbothub_chatbot_snapshot: what the answers of a chatbot depend on.
type DataSource struct{ base.DataSource }

type model struct {
	ID        types.String `tfsdk:"id"`
	ChatbotID types.String `tfsdk:"chatbot_id"`
	JSON      types.String `tfsdk:"json"`
	SHA256    types.String `tfsdk:"sha256"`
}

// Metadata implements datasource.DataSource.
func (d *DataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_chatbot_snapshot"
}

// Schema implements datasource.DataSource.
func (d *DataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "All that the answers of a chatbot depend on, as one text and its hash. Two chatbots with the same content have equal snapshots, so a `check` block can tell whether production is what was tested.",
		Attributes: map[string]schema.Attribute{
			"id":         base.ReadID("chatbot"),
			"chatbot_id": schema.StringAttribute{Required: true, Validators: []validator.String{base.IDForm{}}, MarkdownDescription: "The id of the chatbot."},
			"json": schema.StringAttribute{Computed: true, MarkdownDescription: "The snapshot as JSON: `agents`, `sources`, `source_tags` and `show_citations`. " +
				"It has no ids, no times, no titles of sources, and neither the name, the visibility nor the limits of the chatbot. " +
				"Agents, tool functions and source tags are sorted by their names, and they list sources by their questions, addresses or file names. " +
				"The state contains it in plain text, with prompts, answers, the addresses of tool functions and the values of their headers. Of headers that look like secrets, it has the names only. " +
				"What could not be read is listed in `unreadable`."},
			"sha256": schema.StringAttribute{Computed: true, MarkdownDescription: "The SHA-256 of `json` in hexadecimal digits."},
		},
	}
}

// Read implements datasource.DataSource.
func (d *DataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	defer base.Recover(&resp.Diagnostics)
	var m model
	if !d.ReadConfig(ctx, req.Config, &m, &resp.Diagnostics) {
		return
	}
	bot, ok := d.bot(ctx, hub.ID(m.ChatbotID.ValueString()), &resp.Diagnostics)
	if !ok {
		return
	}
	document := Of(bot)
	warnUnreadable(&resp.Diagnostics, document.Unreadable)
	text := document.JSON()
	m.ID, m.JSON, m.SHA256 = m.ChatbotID, types.StringValue(text), types.StringValue(SHA256(text))
	resp.Diagnostics.Append(resp.State.Set(ctx, m)...)
}

// bot reads a chatbot with everything in it. It returns false when it reports an error.
func (d *DataSource) bot(ctx context.Context, id hub.ID, diags *diag.Diagnostics) (*account.Bot, bool) {
	found, err := d.Hub.Chatbot(ctx, id)
	bot := &account.Bot{Chatbot: found}
	if err == nil {
		err = bot.ReadLists(ctx, d.Hub, account.AllLists)
	}
	switch {
	case hub.IsGone(err):
		base.NoChatbot(diags, path.Root("chatbot_id"), string(id))
	case err != nil:
		base.Failure{Doing: "read", Noun: "chatbot", Object: string(id)}.Report(diags, err)
	}
	return bot, err == nil
}

// maxUnreadable is how many objects a warning lists.
const maxUnreadable = 5

// warnUnreadable warns of fields in an unknown form.
func warnUnreadable(diags *diag.Diagnostics, all []Unreadable) {
	if len(all) == 0 {
		return
	}
	var lines []string
	for _, u := range all[:min(len(all), maxUnreadable)] {
		lines = append(lines, "  "+u.String())
	}
	if rest := len(all) - maxUnreadable; rest > 0 {
		lines = append(lines, fmt.Sprintf("  and %d more", rest))
	}
	diags.AddAttributeWarning(path.Root("chatbot_id"), "Incomplete snapshot", "The service did not return these fields, or in a form that the provider does not know:\n\n"+
		strings.Join(lines, "\n")+"\n\nThe snapshot is therefore not equal to that of any other chatbot. Look at the objects in the web app, and save them there once. If the warning stays, please report it at "+hub.Issues+".")
}
