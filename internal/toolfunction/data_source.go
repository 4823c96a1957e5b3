package toolfunction

import (
	"context"
	"fmt"
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework-jsontypes/jsontypes"
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

// ListDataSource is aichatbothub_tool_functions: the tool functions of one agent.
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
		return schema.StringAttribute{Required: true, MarkdownDescription: text, Validators: []validator.String{base.UUID()}}
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "The tool functions of an agent, or those whose name matches.",
		Attributes: map[string]schema.Attribute{
			"chatbot_id": id("The id of the chatbot that the agent belongs to."),
			"agent_id":   id("The id of the agent."),
			"name_regex": base.NameRegex("tool functions"),
			"tool_functions": schema.ListNestedAttribute{
				Computed:            true,
				MarkdownDescription: "The tool functions, oldest first; those of the same second by id.",
				NestedObject:        schema.NestedAttributeObject{Attributes: readAttributes()},
			},
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
	functions, err := d.Hub.ToolFunctions(ctx, hub.ID(m.ChatbotID.ValueString()), hub.ID(m.AgentID.ValueString()))
	switch {
	case hub.IsGone(err):
		noAgent(&resp.Diagnostics, m.ChatbotID.ValueString(), m.AgentID.ValueString())
		return
	case err != nil:
		base.Failure{Doing: "list", Noun: "tool functions"}.Report(&resp.Diagnostics, err)
		return
	}
	pattern := regexp.MustCompile(m.NameRegex.ValueString()) // validated; null is the empty pattern, which matches everything
	m.ToolFunctions = []model{}
	for _, f := range hub.OldestFirst(functions) {
		if pattern.MatchString(f.Name) {
			m.ToolFunctions = append(m.ToolFunctions, readOne(f))
		}
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, m)...)
}

// noAgent reports an agent whose tool functions cannot be listed, because it is not there.
func noAgent(diags *diag.Diagnostics, chatbot, agent string) {
	diags.AddAttributeError(path.Root("agent_id"), "Agent not found",
		fmt.Sprintf("Chatbot %s has no agent %s. Check both ids, and that the API key is of the account that they belong to.", chatbot, agent))
}

// readOne is a tool function of which nothing is known but the answer.
func readOne(f hub.ToolFunction) model {
	m := model{Parameters: jsontypes.NewNormalizedNull()}
	m.read(f, nil)
	if m.Headers.IsNull() { // in a list there is nothing that null could mean
		m.Headers = headersValue(nil)
	}
	return m
}

// readAttributes are the attributes of a tool function that is only read.
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
		"parameters":  schema.StringAttribute{Computed: true, CustomType: jsontypes.NormalizedType{}, MarkdownDescription: parametersText + " Null when it takes none."},
		"headers": schema.MapAttribute{Computed: true, ElementType: types.StringType,
			MarkdownDescription: "The headers of the call, without those whose names look like credentials: " + credentialText + "."},
		"enabled":               schema.BoolAttribute{Computed: true, MarkdownDescription: enabledText},
		"send_session_metadata": schema.BoolAttribute{Computed: true, MarkdownDescription: metadataText},
		"created_at":            base.ReadCreatedAt("tool function"),
		"modified_at":           base.ReadModifiedAt("tool function"),
	}
}
