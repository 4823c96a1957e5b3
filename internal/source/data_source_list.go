package source

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
)

var _ datasource.DataSourceWithConfigure = &ListDataSource{}

// NewListDataSource makes the data source aichatbothub_sources.
func NewListDataSource() datasource.DataSource { return &ListDataSource{} }

// ListDataSource is aichatbothub_sources: the sources of a chatbot.
type ListDataSource struct{ base.DataSource }

type listModel struct {
	ChatbotID types.String `tfsdk:"chatbot_id"`
	Type      types.String `tfsdk:"type"`
	Status    types.String `tfsdk:"status"`
	NameRegex types.String `tfsdk:"name_regex"`
	Sources   []model      `tfsdk:"sources"`
}

// Descriptions of the filters, shared by the data source and the list resource.
const (
	typeFilterText   = "Returns only sources of this type, such as `link`."
	statusFilterText = "Returns only sources with this status of the service, such as `success`."
)

// Metadata implements datasource.DataSource.
func (d *ListDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_sources"
}

// Schema implements datasource.DataSource. The service may have other types and statuses, so the filters accept any text.
func (d *ListDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Lists the sources of a chatbot, or those of one type, status or name.",
		Attributes: map[string]schema.Attribute{
			"chatbot_id": schema.StringAttribute{Required: true, Validators: []validator.String{base.IDForm{}}, MarkdownDescription: "The id of the chatbot."},
			"type":       schema.StringAttribute{Optional: true, MarkdownDescription: typeFilterText},
			"status":     schema.StringAttribute{Optional: true, MarkdownDescription: statusFilterText},
			"name_regex": base.NameRegex("sources (by file name or URL)"),
			"sources": schema.ListNestedAttribute{Computed: true, MarkdownDescription: "The sources, oldest first; sources of the same second are ordered by id.",
				NestedObject: schema.NestedAttributeObject{Attributes: readAttributes()}},
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
	sources, ok := list(ctx, d.Hub, m.ChatbotID, &resp.Diagnostics)
	if !ok {
		return
	}
	matches := base.MatchesName(m.NameRegex)
	m.Sources = []model{}
	for _, s := range sources {
		if matches(s.FileName) && base.MatchesFilter(m.Type, s.Type) && base.MatchesFilter(m.Status, s.Status) {
			m.Sources = append(m.Sources, newModel(m.ChatbotID, s))
		}
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, m)...)
}

// readAttributes returns the attributes of a source in a data source.
func readAttributes() map[string]schema.Attribute {
	str := func(text string) schema.StringAttribute {
		return schema.StringAttribute{Computed: true, MarkdownDescription: text}
	}
	int64Attribute := func(text string) schema.Int64Attribute {
		return schema.Int64Attribute{Computed: true, MarkdownDescription: text}
	}
	return map[string]schema.Attribute{
		"id": base.ReadID("source"), "chatbot_id": str(chatbotText), "url": str(urlText + " Null for other sources."),
		"qa": schema.SingleNestedAttribute{Computed: true, MarkdownDescription: qaText + " Null for other sources.",
			Attributes: map[string]schema.Attribute{"question": str(questionText), "answer": str(answerText)}},
		"reference_source_link": str(linkText + " Null when the service does not return it."), "title": str(titleText), "type": str(typeText), "status": str(statusText),
		"trained": schema.BoolAttribute{Computed: true, MarkdownDescription: trainedText}, "file_name": str(fileNameText), "file_size": int64Attribute(fileSizeText), "tokens": int64Attribute(tokensText),
		"created_at": base.ReadCreatedAt("source"), "modified_at": base.ReadModifiedAt("source"),
	}
}
