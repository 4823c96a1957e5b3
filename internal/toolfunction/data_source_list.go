package toolfunction

import (
	"context"
	"fmt"

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

// NewListDataSource makes the data source aichatbothub_tool_functions.
func NewListDataSource() datasource.DataSource { return &ListDataSource{} }

// ListDataSource is aichatbothub_tool_functions: the tool functions of an agent.
type ListDataSource struct{ base.DataSource }

type listModel struct {
	ChatbotID     types.String `tfsdk:"chatbot_id"`
	AgentID       types.String `tfsdk:"agent_id"`
	NameRegex     types.String `tfsdk:"name_regex"`
	ToolFunctions []model      `tfsdk:"tool_functions"`
}

// Metadata implements datasource.DataSource.
func (d *ListDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_tool_functions"
}

// Schema implements datasource.DataSource.
func (d *ListDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	id := func(text string) schema.StringAttribute {
		return schema.StringAttribute{Required: true, MarkdownDescription: text, Validators: []validator.String{base.IDForm{}}}
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "Lists the tool functions of an agent, or those whose name matches.",
		Attributes: map[string]schema.Attribute{
			"chatbot_id": id("The id of the chatbot of the agent."),
			"agent_id":   id("The id of the agent."),
			"name_regex": base.NameRegex("tool functions"),
			"tool_functions": schema.ListNestedAttribute{
				Computed:            true,
				MarkdownDescription: "The tool functions, oldest first; tool functions of the same second are ordered by id.",
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
	functions, err := d.Hub.ToolFunctions(ctx, hub.ID(m.ChatbotID.ValueString()), hub.ID(m.AgentID.ValueString()))
	switch {
	case hub.IsGone(err):
		reportAgentNotFound(&resp.Diagnostics, m.ChatbotID.ValueString(), m.AgentID.ValueString())
		return
	case err != nil:
		base.Failure{Doing: "list", Noun: "tool functions", Object: "of agent " + m.AgentID.ValueString()}.Report(&resp.Diagnostics, err)
		return
	}
	matches := base.MatchesName(m.NameRegex)
	m.ToolFunctions = []model{}
	for _, f := range hub.OldestFirst(functions) {
		if matches(f.Name) {
			m.ToolFunctions = append(m.ToolFunctions, newModel(f))
		}
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, m)...)
}

// reportAgentNotFound reports that the chatbot does not have the agent.
func reportAgentNotFound(diags *diag.Diagnostics, chatbot, agent string) {
	diags.AddAttributeError(path.Root("agent_id"), "Agent not found",
		fmt.Sprintf("Chatbot %s has no agent with the id %s. It may have been deleted. Check both ids, and that the API key belongs to the account of the agent.", chatbot, agent))
}

// newModel returns the model of a tool function for the data source.
func newModel(f hub.ToolFunction) model {
	m := model{Parameters: types.StringNull()}
	m.read(f, nil)
	if m.Headers.IsNull() { // null means that the configuration omits headers, and there is none here
		m.Headers = headersValue(nil)
	}
	return m
}

// readAttributes returns the attributes of a tool function in a data source.
func readAttributes() map[string]schema.Attribute {
	text := func(t string) schema.StringAttribute {
		return schema.StringAttribute{Computed: true, MarkdownDescription: t}
	}
	return map[string]schema.Attribute{
		"id":          base.ReadID("tool function"),
		"name":        text(nameText),
		"description": text(descriptionText),
		"url":         text(urlText),
		"method":      text(methodText),
		"parameters":  schema.StringAttribute{Computed: true, MarkdownDescription: parametersText + " Null when the function has no parameters."},
		"headers": schema.MapAttribute{Computed: true, ElementType: types.StringType,
			MarkdownDescription: "The headers of the call, without those that look like secrets. `headers` of the resource `aichatbothub_tool_function` says which these are."},
		"enabled":               schema.BoolAttribute{Computed: true, MarkdownDescription: enabledText},
		"send_session_metadata": schema.BoolAttribute{Computed: true, MarkdownDescription: metadataText},
		"created_at":            base.ReadCreatedAt("tool function"),
		"modified_at":           base.ReadModifiedAt("tool function"),
	}
}
