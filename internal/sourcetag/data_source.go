package sourcetag

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/datasourcevalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

var (
	_ datasource.DataSourceWithConfigure        = &DataSource{}
	_ datasource.DataSourceWithConfigValidators = &DataSource{}
)

// NewDataSource makes the data source aichatbothub_source_tag.
func NewDataSource() datasource.DataSource { return &DataSource{} }

// DataSource is aichatbothub_source_tag: one source tag of a chatbot, by id or by name.
type DataSource struct{ base.DataSource }

// Metadata implements datasource.DataSource.
func (d *DataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_source_tag"
}

// Schema implements datasource.DataSource.
func (d *DataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := readAttributes()
	attributes["chatbot_id"] = schema.StringAttribute{Required: true, Validators: []validator.String{base.IDForm{}}, MarkdownDescription: chatbotText}
	attributes["id"] = schema.StringAttribute{Optional: true, Computed: true, Validators: []validator.String{base.IDForm{}},
		MarkdownDescription: "The id of the source tag: 32 lower-case hexadecimal digits. Exactly one of `id` and `name` is required."}
	attributes["name"] = schema.StringAttribute{Optional: true, Computed: true, Validators: []validator.String{stringvalidator.LengthAtLeast(1)},
		MarkdownDescription: "The name of the source tag, compared exactly. When several source tags of the chatbot have this name, the error lists their ids."}
	resp.Schema = schema.Schema{MarkdownDescription: "Finds one source tag of a chatbot by its id or its name.", Attributes: attributes}
}

// ConfigValidators implements datasource.DataSourceWithConfigValidators.
func (d *DataSource) ConfigValidators(context.Context) []datasource.ConfigValidator {
	return []datasource.ConfigValidator{datasourcevalidator.ExactlyOneOf(path.MatchRoot("id"), path.MatchRoot("name"))}
}

// Read implements datasource.DataSource.
func (d *DataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	defer base.Recover(&resp.Diagnostics)
	var config model
	if !d.ReadConfig(ctx, req.Config, &config, &resp.Diagnostics) {
		return
	}
	tags, ok := list(ctx, d.Hub, config.ChatbotID, &resp.Diagnostics)
	if !ok {
		return
	}
	found, ok := base.Lookup[hub.SourceTag]{
		Noun: "source tag", Chatbot: config.ChatbotID,
		ID: config.ID, IDOf: func(t hub.SourceTag) hub.ID { return t.ID },
		Attribute: "name", Value: config.Name, ValueOf: func(t hub.SourceTag) string { return t.Name },
		Describe: func(t hub.SourceTag) string { return t.Color + ", created " + t.CreatedAt },
	}.FindOne(tags, &resp.Diagnostics)
	if ok {
		resp.Diagnostics.Append(resp.State.Set(ctx, newModel(config.ChatbotID, found))...)
	}
}

// list returns the source tags of a chatbot, oldest first. It returns false when it reports an error.
func list(ctx context.Context, c *hub.Client, chatbot types.String, diags *diag.Diagnostics) ([]hub.SourceTag, bool) {
	tags, err := c.SourceTags(ctx, hub.ID(chatbot.ValueString()))
	if err != nil {
		base.Failure{Doing: "list", Noun: "source tags"}.ReportList(diags, hub.ID(chatbot.ValueString()), err)
		return nil, false
	}
	return hub.OldestFirst(tags), true
}

// newModel returns the model of a source tag for a data source.
func newModel(chatbot types.String, t hub.SourceTag) model {
	m := model{ChatbotID: chatbot}
	m.read(t)
	return m
}
