package source

import (
	"context"
	"regexp"

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

// What the filters are, for the data source and the list resource alike.
const (
	typeFilterText   = "Gives only the sources of this type, such as `link`."
	statusFilterText = "Gives only the sources with this status, such as `success`, in the service's own words."
)

// Metadata implements datasource.DataSource.
func (d *ListDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_sources"
}

// Schema implements datasource.DataSource. Types and statuses are open, so any text is taken.
func (d *ListDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "The sources of a chatbot, all of them or those of one type, status or name.",
		Attributes: map[string]schema.Attribute{
			"chatbot_id": schema.StringAttribute{Required: true, Validators: []validator.String{base.UUID()}, MarkdownDescription: "The id of the chatbot."},
			"type":       schema.StringAttribute{Optional: true, MarkdownDescription: typeFilterText},
			"status":     schema.StringAttribute{Optional: true, MarkdownDescription: statusFilterText},
			"name_regex": base.NameRegex("sources (by file name or address)"),
			"sources": schema.ListNestedAttribute{Computed: true, MarkdownDescription: "The sources, oldest first; those of the same second by id.",
				NestedObject: schema.NestedAttributeObject{Attributes: readAttributes()}},
		},
	}
}

// Read implements datasource.DataSource.
func (d *ListDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	defer base.Recover(&resp.Diagnostics)
	var m listModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &m)...)
	if resp.Diagnostics.HasError() || !d.Ready(&resp.Diagnostics) {
		return
	}
	sources, ok := list(ctx, d.Hub, m.ChatbotID, &resp.Diagnostics)
	if !ok {
		return
	}
	pattern := regexp.MustCompile(m.NameRegex.ValueString()) // validated; null is the empty pattern, which matches everything
	m.Sources = []model{}
	for _, s := range sources {
		if pattern.MatchString(s.FileName) && base.MatchesFilter(m.Type, s.Type) && base.MatchesFilter(m.Status, s.Status) {
			m.Sources = append(m.Sources, listed(m.ChatbotID, s))
		}
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, m)...)
}

// readAttributes are the attributes of a source that is only read.
func readAttributes() map[string]schema.Attribute {
	str := func(text string) schema.StringAttribute {
		return schema.StringAttribute{Computed: true, MarkdownDescription: text}
	}
	number := func(text string) schema.Int64Attribute {
		return schema.Int64Attribute{Computed: true, MarkdownDescription: text}
	}
	return map[string]schema.Attribute{
		"id": base.ReadID("source"), "chatbot_id": str(chatbotText), "url": str(urlText + " It is null for other sources."),
		"qa": schema.SingleNestedAttribute{Computed: true, MarkdownDescription: qaText + " It is null for other sources.",
			Attributes: map[string]schema.Attribute{"question": str(questionText), "answer": str(answerText)}},
		"reference_source_link": str(linkText + " It is null where the service does not show it."), "title": str(titleText), "type": str(typeText), "status": str(statusText),
		"trained": schema.BoolAttribute{Computed: true, MarkdownDescription: trainedText}, "file_name": str(nameText), "file_size": number(sizeText), "tokens": number(trainedSizeText),
		"created_at": base.ReadCreatedAt("source"), "modified_at": base.ReadModifiedAt("source"),
	}
}
