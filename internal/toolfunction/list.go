package toolfunction

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	fwlist "github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

var _ fwlist.ListResourceWithConfigure = &List{}

// NewList makes the list resource aichatbothub_tool_function.
func NewList() fwlist.ListResource { return &List{} }

// List is the list resource aichatbothub_tool_function. It shares the name and the client of the resource.
type List struct{ Resource }

type listFilter struct {
	ChatbotID types.String `tfsdk:"chatbot_id"`
	AgentID   types.String `tfsdk:"agent_id"`
	NameRegex types.String `tfsdk:"name_regex"`
}

// agentFunction is a tool function with the id of its agent, which its response does not contain.
type agentFunction struct {
	agent hub.ID
	hub.ToolFunction
}

// ListResourceConfigSchema implements list.ListResource.
func (l *List) ListResourceConfigSchema(_ context.Context, _ fwlist.ListResourceSchemaRequest, resp *fwlist.ListResourceSchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Lists the tool functions of an agent, of a chatbot, or of all chatbots of the account, agent by agent, oldest first.",
		Attributes: map[string]schema.Attribute{
			"chatbot_id": base.ChatbotFilter("tool functions"),
			"agent_id": schema.StringAttribute{Optional: true, MarkdownDescription: "Lists only the tool functions of this agent. Requires `chatbot_id`, the chatbot of the agent.",
				Validators: []validator.String{base.IDForm{}, stringvalidator.AlsoRequires(path.MatchRoot("chatbot_id"))}},
			"name_regex": base.NameFilter("tool functions"),
		},
	}
}

// List implements list.ListResource.
func (l *List) List(ctx context.Context, req fwlist.ListRequest, stream *fwlist.ListResultsStream) {
	var filter listFilter
	if !l.ReadFilters(ctx, req, stream, &filter) {
		return
	}
	matches := base.MatchesName(filter.NameRegex)
	functions := base.ChatbotObjects(ctx, l.Hub, filter.ChatbotID, l.functions(hub.ID(filter.AgentID.ValueString())), func(f []agentFunction) []agentFunction { return f })
	stream.Results = base.ListResults(ctx, req, functions, filter.report, func(in base.ChatbotObject[agentFunction]) (base.ListEntry[resourceModel], bool) {
		f := in.Object.ToolFunction
		return base.ListEntry[resourceModel]{
			Name: f.Name, IDs: map[string]hub.ID{"chatbot_id": in.Chatbot, "agent_id": in.Object.agent, "id": f.ID},
			Read: func(m *resourceModel) { m.read(f, nil) },
		}, matches(f.Name)
	})
}

// functions returns a function that lists the tool functions of one agent of a chatbot, or of all its agents if agent is "", oldest first.
func (l *List) functions(agent hub.ID) func(context.Context, hub.ID) ([]agentFunction, error) {
	return func(ctx context.Context, chatbot hub.ID) ([]agentFunction, error) {
		var agents []hub.Agent
		var err error
		if agent == "" {
			agents, err = l.Hub.Agents(ctx, chatbot)
		} else {
			agents = make([]hub.Agent, 1)
			agents[0], err = l.Hub.Agent(ctx, chatbot, agent, "")
		}
		if err != nil {
			return nil, err
		}
		var functions []agentFunction
		for _, a := range hub.OldestFirst(agents) {
			listed, err := a.Functions()
			if err != nil && agent != "" {
				return nil, err
			}
			for _, f := range hub.OldestFirst(listed) { // an agent whose tool functions cannot be read does not stop the others
				functions = append(functions, agentFunction{a.ID, f})
			}
		}
		return functions, nil
	}
}

// report reports an error of the list.
func (f listFilter) report(diags *diag.Diagnostics, chatbot hub.ID, err error) {
	if hub.IsGone(err) && !f.AgentID.IsNull() {
		reportAgentNotFound(diags, f.ChatbotID.ValueString(), f.AgentID.ValueString())
		return
	}
	base.Failure{Doing: "list", Noun: "tool functions"}.ReportList(diags, chatbot, err)
}
