package sourcetag

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
)

var _ datasource.DataSourceWithConfigure = &ListDataSource{}

// NewListDataSource makes the data source aichatbothub_source_tags.
func NewListDataSource() datasource.DataSource { return &ListDataSource{} }

// ListDataSource is aichatbothub_source_tags: the source tags of a chatbot.
type ListDataSource struct{ base.DataSource }

type listModel struct {
	ChatbotID  types.String `tfsdk:"chatbot_id"`
	NameRegex  types.String `tfsdk:"name_regex"`
	SourceTags []model      `tfsdk:"source_tags"`
}

// Metadata implements datasource.DataSource.
func (d *ListDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_source_tags"
}

// Schema implements datasource.DataSource.
func (d *ListDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Lists the source tags of a chatbot, or those whose name matches.",
		Attributes: map[string]schema.Attribute{
			"chatbot_id": schema.StringAttribute{Required: true, Validators: []validator.String{base.IDForm{}}, MarkdownDescription: "The id of the chatbot."},
			"name_regex": base.NameRegex("source tags"),
			"source_tags": schema.ListNestedAttribute{
				Computed:            true,
				MarkdownDescription: "The source tags, oldest first; source tags of the same second are ordered by id.",
				NestedObject:        schema.NestedAttributeObject{Attributes: readAttributes()},
			},
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
	tags, ok := list(ctx, d.Hub, m.ChatbotID, &resp.Diagnostics)
	if !ok {
		return
	}
	matches := base.MatchesName(m.NameRegex)
	m.SourceTags = []model{}
	for _, t := range tags {
		if matches(t.Name) {
			m.SourceTags = append(m.SourceTags, newModel(m.ChatbotID, t))
		}
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, m)...)
}

// readAttributes returns the attributes of a source tag in a data source.
func readAttributes() map[string]schema.Attribute {
	text := func(t string) schema.StringAttribute {
		return schema.StringAttribute{Computed: true, MarkdownDescription: t}
	}
	return map[string]schema.Attribute{
		"id":          base.ReadID("source tag"),
		"chatbot_id":  text(chatbotText),
		"name":        text(nameText),
		"color":       text(colorText),
		"source_ids":  schema.SetAttribute{Computed: true, ElementType: types.StringType, MarkdownDescription: sourcesText},
		"created_at":  base.ReadCreatedAt("source tag"),
		"modified_at": base.ReadModifiedAt("source tag"),
	}
}
