package source

import (
	"context"
	"slices"

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

// NewDataSource makes the data source aichatbothub_source.
func NewDataSource() datasource.DataSource { return &DataSource{} }

// DataSource is aichatbothub_source: one source of a chatbot, by id or by file name.
type DataSource struct{ base.DataSource }

// Metadata implements datasource.DataSource.
func (d *DataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_source"
}

// Schema implements datasource.DataSource.
func (d *DataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := readAttributes()
	attributes["chatbot_id"] = schema.StringAttribute{Required: true, Validators: []validator.String{base.IDForm{}}, MarkdownDescription: chatbotText}
	attributes["id"] = schema.StringAttribute{Optional: true, Computed: true, Validators: []validator.String{base.IDForm{}},
		MarkdownDescription: "The id of the source: 32 lower-case hexadecimal digits. Exactly one of `id` and `file_name` is required."}
	attributes["file_name"] = schema.StringAttribute{Optional: true, Computed: true, Validators: []validator.String{stringvalidator.LengthAtLeast(1)},
		MarkdownDescription: fileNameText + " When several sources of the chatbot have this name, the error lists their ids."}
	resp.Schema = schema.Schema{MarkdownDescription: "Finds one source of a chatbot by its id, its file name or its address.", Attributes: attributes}
}

// ConfigValidators implements datasource.DataSourceWithConfigValidators.
func (d *DataSource) ConfigValidators(context.Context) []datasource.ConfigValidator {
	return []datasource.ConfigValidator{datasourcevalidator.ExactlyOneOf(path.MatchRoot("id"), path.MatchRoot("file_name"))}
}

// Read implements datasource.DataSource.
func (d *DataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	defer base.Recover(&resp.Diagnostics)
	var config model
	if !d.ReadConfig(ctx, req.Config, &config, &resp.Diagnostics) {
		return
	}
	sources, ok := list(ctx, d.Hub, config.ChatbotID, &resp.Diagnostics)
	if !ok {
		return
	}
	found, ok := base.Lookup[hub.Source]{
		Noun: "source", Chatbot: config.ChatbotID,
		ID: config.ID, IDOf: func(s hub.Source) hub.ID { return s.ID },
		Attribute: "file_name", Value: config.FileName, ValueOf: nameAs(sources, config.FileName.ValueString()),
		Describe: func(s hub.Source) string { return s.Type + ", created " + s.CreatedAt },
	}.FindOne(sources, &resp.Diagnostics)
	if !ok {
		return
	}
	m := newModel(config.ChatbotID, found)
	if !config.FileName.IsNull() { // an address can have another form
		m.FileName = config.FileName
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, m)...)
}

// nameAs returns the function that returns the name of a source by which it is looked up. An address that no source has as it is written is
// that of the sources with an equal one.
func nameAs(sources []hub.Source, want string) func(hub.Source) string {
	exact := !hub.IsAddress(want) || slices.ContainsFunc(sources, func(s hub.Source) bool { return hub.SameName(s.FileName, want) })
	return func(s hub.Source) string {
		if !exact && hub.SameAddress(s.FileName, want) {
			return want
		}
		return s.FileName
	}
}

// list returns the sources of a chatbot, oldest first. It returns false when it reports an error.
func list(ctx context.Context, c *hub.Client, chatbot types.String, diags *diag.Diagnostics) ([]hub.Source, bool) {
	sources, err := c.Sources(ctx, hub.ID(chatbot.ValueString()))
	if err != nil {
		base.Failure{Doing: "list", Noun: "sources"}.ReportList(diags, hub.ID(chatbot.ValueString()), err)
		return nil, false
	}
	return hub.OldestFirst(sources), true
}

// newModel returns the model of a source for a data source.
func newModel(chatbot types.String, s hub.Source) model {
	m := model{ChatbotID: chatbot, createSettings: createSettings{QA: types.ObjectNull(qaTypes)}}
	m.read(s, s.Kind())
	return m
}
