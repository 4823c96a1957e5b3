package chatbot

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

var _ datasource.DataSourceWithConfigure = &ListDataSource{}

// NewListDataSource makes the data source aichatbothub_chatbots.
func NewListDataSource() datasource.DataSource { return &ListDataSource{} }

// ListDataSource is aichatbothub_chatbots: all chatbots of the account.
type ListDataSource struct{ base.DataSource }

type listModel struct {
	NameRegex types.String `tfsdk:"name_regex"`
	Chatbots  []model      `tfsdk:"chatbots"`
}

// Metadata implements datasource.DataSource.
func (d *ListDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_chatbots"
}

// Schema implements datasource.DataSource.
func (d *ListDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Lists the chatbots of the account, or those whose name matches.",
		Attributes: map[string]schema.Attribute{
			"name_regex": base.NameRegex("chatbots"),
			"chatbots": schema.ListNestedAttribute{
				Computed:            true,
				MarkdownDescription: "The chatbots, oldest first; those of the same second by id.",
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
	bots, err := d.Hub.Chatbots(ctx)
	if err != nil {
		base.Failure{Doing: "list", Noun: "chatbots"}.Report(&resp.Diagnostics, err)
		return
	}
	matches := base.MatchesName(m.NameRegex)
	m.Chatbots = []model{}
	for _, bot := range hub.OldestFirst(bots) {
		if matches(bot.Name) {
			var one model
			one.read(d.Hub, bot)
			m.Chatbots = append(m.Chatbots, one)
		}
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, m)...)
}
