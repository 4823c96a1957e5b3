package chatbot

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/datasourcevalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

var (
	_ datasource.DataSourceWithConfigure        = &DataSource{}
	_ datasource.DataSourceWithConfigValidators = &DataSource{}
)

// NewDataSource makes the data source aichatbothub_chatbot.
func NewDataSource() datasource.DataSource { return &DataSource{} }

// DataSource is aichatbothub_chatbot: one chatbot, by id or by name.
type DataSource struct{ base.DataSource }

// Metadata implements datasource.DataSource.
func (d *DataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_chatbot"
}

// Schema implements datasource.DataSource.
func (d *DataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := readAttributes()
	attributes["id"] = schema.StringAttribute{Optional: true, Computed: true, Validators: []validator.String{base.IDForm{}},
		MarkdownDescription: "The id of the chatbot: 32 lower-case hexadecimal digits. Exactly one of `id` and `name` is required."}
	attributes["name"] = schema.StringAttribute{Optional: true, Computed: true, Validators: []validator.String{stringvalidator.LengthAtLeast(1)},
		MarkdownDescription: "The name of the chatbot, compared exactly. When several chatbots have this name, the error lists their ids."}
	resp.Schema = schema.Schema{MarkdownDescription: "Finds one chatbot of the account by its id or its name.", Attributes: attributes}
}

// ConfigValidators implements datasource.DataSourceWithConfigValidators.
func (d *DataSource) ConfigValidators(context.Context) []datasource.ConfigValidator {
	return []datasource.ConfigValidator{datasourcevalidator.ExactlyOneOf(path.MatchRoot("id"), path.MatchRoot("name"))}
}

// Read implements datasource.DataSource.
func (d *DataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	defer base.Recover(&resp.Diagnostics)
	var m model
	if !d.ReadConfig(ctx, req.Config, &m, &resp.Diagnostics) {
		return
	}
	bot, ok := d.find(ctx, m, &resp.Diagnostics)
	if !ok {
		return
	}
	m.read(d.Hub, bot)
	resp.Diagnostics.Append(resp.State.Set(ctx, m)...)
}

// find gives the chatbot with the id or the name, or reports why not.
func (d *DataSource) find(ctx context.Context, m model, diags *diag.Diagnostics) (hub.Chatbot, bool) {
	if !m.ID.IsNull() {
		bot, err := d.Hub.Chatbot(ctx, m.hubID())
		switch {
		case hub.IsGone(err):
			base.NoChatbot(diags, path.Root("id"), m.ID.ValueString())
		case err != nil:
			base.Failure{Doing: "read", Noun: "chatbot", Object: m.ID.ValueString()}.Report(diags, err)
		}
		return bot, err == nil
	}
	bots, err := d.Hub.Chatbots(ctx)
	if err != nil {
		base.Failure{Doing: "list", Noun: "chatbots"}.Report(diags, err)
		return hub.Chatbot{}, false
	}
	return base.Lookup[hub.Chatbot]{
		Noun: "chatbot", ID: m.ID, IDOf: func(b hub.Chatbot) hub.ID { return b.ID },
		Attribute: "name", Value: m.Name, ValueOf: func(b hub.Chatbot) string { return b.Name },
		Describe: func(b hub.Chatbot) string { return "created " + b.CreatedAt },
	}.FindOne(hub.OldestFirst(bots), diags)
}

// readAttributes returns the attributes of a chatbot as a data source computes them.
func readAttributes() map[string]schema.Attribute {
	other := map[string]string{"rate_limit.messages": messagesText, "rate_limit.seconds": secondsText, "widget_url": widgetText, "embed_html": embedText, "iframe_html": iframeText}
	computed := base.ComputedAttributes(attributes(), func(path string) string { return describe(path) + other[path] })
	computed["id"], computed["created_at"], computed["modified_at"] = base.ReadID("chatbot"), base.ReadCreatedAt("chatbot"), base.ReadModifiedAt("chatbot")
	return computed
}
