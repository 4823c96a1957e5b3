package toolfunction

import (
	"context"
	"regexp"

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

// List is the list resource aichatbothub_tool_function: the tool functions of an agent, of a chatbot or of the account. Its name and its
// client are the resource's.
type List struct{ Resource }

type listFilter struct {
	ChatbotID types.String `tfsdk:"chatbot_id"`
	AgentID   types.String `tfsdk:"agent_id"`
	NameRegex types.String `tfsdk:"name_regex"`
}

// ofAgent is a tool function with its agent, which no answer about it names.
type ofAgent struct {
	agent hub.ID
	hub.ToolFunction
}

// ListResourceConfigSchema implements list.ListResource.
func (l *List) ListResourceConfigSchema(_ context.Context, _ fwlist.ListResourceSchemaRequest, resp *fwlist.ListResourceSchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Lists the tool functions of an agent, of a chatbot, or of all chatbots of the account: agent by agent, the oldest first. " +
			"Headers whose names look like credentials are in no result: " + credentialText + ".",
		Attributes: map[string]schema.Attribute{
			"chatbot_id": base.ChatbotFilter("tool functions"),
			"agent_id": schema.StringAttribute{Optional: true, MarkdownDescription: "Gives only the tool functions of this agent. It needs `chatbot_id`, the chatbot that the agent belongs to.",
				Validators: []validator.String{base.UUID(), stringvalidator.AlsoRequires(path.MatchRoot("chatbot_id"))}},
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
	pattern := regexp.MustCompile(filter.NameRegex.ValueString()) // validated; null is the empty pattern, which matches everything
	functions := base.ChatbotObjects(ctx, l.Hub, filter.ChatbotID, l.functions(hub.ID(filter.AgentID.ValueString())), func(f []ofAgent) []ofAgent { return f })
	stream.Results = base.ListResults(ctx, req, functions, filter.unlisted, func(in base.ChatbotObject[ofAgent]) (base.ListEntry[resourceModel], bool) {
		f := in.Object.ToolFunction
		return base.ListEntry[resourceModel]{
			Name: f.Name, IDs: map[string]hub.ID{"chatbot_id": in.Chatbot, "agent_id": in.Object.agent, "id": f.ID},
			Read: func(m *resourceModel) { m.read(f, nil) },
		}, pattern.MatchString(f.Name)
	})
}

// functions lists the tool functions of a chatbot's agent, or of all its agents for "", in order.
func (l *List) functions(agent hub.ID) func(context.Context, hub.ID) ([]ofAgent, error) {
	return func(ctx context.Context, chatbot hub.ID) ([]ofAgent, error) {
		var agents []hub.Agent
		var err error
		if agent == "" {
			agents, err = l.Hub.Agents(ctx, chatbot)
		} else {
			agents = make([]hub.Agent, 1)
			agents[0], err = l.Hub.Agent(ctx, chatbot, agent)
		}
		if err != nil {
			return nil, err
		}
		var functions []ofAgent
		for _, a := range hub.OldestFirst(agents) {
			if a.ToolFunctions == nil {
				continue
			}
			for _, f := range hub.OldestFirst(*a.ToolFunctions) {
				functions = append(functions, ofAgent{a.ID, f})
			}
		}
		return functions, nil
	}
}

// unlisted reports why there is no list.
func (f listFilter) unlisted(diags *diag.Diagnostics, chatbot hub.ID, err error) {
	if hub.IsGone(err) && !f.AgentID.IsNull() {
		noAgent(diags, f.ChatbotID.ValueString(), f.AgentID.ValueString())
		return
	}
	base.Failure{Doing: "list", Noun: "tool functions"}.ReportList(diags, chatbot, err)
}
