package agent

import (
	"context"

	fwlist "github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

var _ fwlist.ListResourceWithConfigure = &List{}

// NewList makes the list resource aichatbothub_agent.
func NewList() fwlist.ListResource { return &List{} }

// List is the list resource aichatbothub_agent: the agents of a chatbot or of the account. Its name and its client are the resource's.
type List struct{ Resource }

type listFilter struct {
	ChatbotID types.String `tfsdk:"chatbot_id"`
	Type      types.String `tfsdk:"type"`
	NameRegex types.String `tfsdk:"name_regex"`
}

// ListResourceConfigSchema implements list.ListResource.
func (l *List) ListResourceConfigSchema(_ context.Context, _ fwlist.ListResourceSchemaRequest, resp *fwlist.ListResourceSchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Lists the agents of a chatbot, or of all chatbots of the account, oldest first.",
		Attributes: map[string]schema.Attribute{
			"chatbot_id": base.ChatbotFilter("agents"),
			"type":       base.OneOfFilter(typeFilterText, hub.AgentTypes),
			"name_regex": base.NameFilter("agents"),
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
	agents := base.ChatbotObjects(ctx, l.Hub, filter.ChatbotID, l.Hub.Agents, hub.OldestFirst)
	stream.Results = base.ListResults(ctx, req, agents, base.Failure{Doing: "list", Noun: "agents"}.ReportList, func(in base.ChatbotObject[hub.Agent]) (base.ListEntry[model], bool) {
		return base.ListEntry[model]{
			Name: in.Object.Name, IDs: map[string]hub.ID{"chatbot_id": in.Chatbot, "id": in.Object.ID},
			Read: func(m *model) { m.read(in.Object) },
		}, matches(in.Object.Name) && base.MatchesFilter(filter.Type, in.Object.Type)
	})
}
