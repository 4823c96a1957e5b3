package agent

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

var _ datasource.DataSourceWithConfigure = &ListDataSource{}

// NewListDataSource makes the data source aichatbothub_agents.
func NewListDataSource() datasource.DataSource { return &ListDataSource{} }

// ListDataSource is aichatbothub_agents: the agents of a chatbot.
type ListDataSource struct{ base.DataSource }

type listModel struct {
	ChatbotID types.String `tfsdk:"chatbot_id"`
	Type      types.String `tfsdk:"type"`
	NameRegex types.String `tfsdk:"name_regex"`
	Agents    []model      `tfsdk:"agents"`
}

var typeFilterText = "Returns only the agents of this type. " + typesText

// Metadata implements datasource.DataSource.
func (d *ListDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_agents"
}

// Schema implements datasource.DataSource.
func (d *ListDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Lists the agents of a chatbot, or those of one type or name.",
		Attributes: map[string]schema.Attribute{
			"chatbot_id": schema.StringAttribute{Required: true, Validators: []validator.String{base.IDForm{}}, MarkdownDescription: "The id of the chatbot."},
			"type":       schema.StringAttribute{Optional: true, Validators: []validator.String{stringvalidator.OneOf(hub.AgentTypes...)}, MarkdownDescription: typeFilterText},
			"name_regex": base.NameRegex("agents"),
			"agents": schema.ListNestedAttribute{Computed: true, MarkdownDescription: "The agents, oldest first; those of the same second by id.",
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
	agents, ok := list(ctx, d.Hub, m.ChatbotID, &resp.Diagnostics)
	if !ok {
		return
	}
	matches := base.MatchesName(m.NameRegex)
	m.Agents = []model{}
	for _, a := range agents {
		if matches(a.Name) && (m.Type.IsNull() || m.Type.ValueString() == a.Type) {
			m.Agents = append(m.Agents, listed(m.ChatbotID, a))
		}
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, m)...)
}
