package source

import (
	"cmp"
	"context"

	fwlist "github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

var _ fwlist.ListResourceWithConfigure = &List{}

// NewList makes the list resource aichatbothub_source.
func NewList() fwlist.ListResource { return &List{} }

// List is the list resource aichatbothub_source. It shares the name and the client of the resource.
type List struct{ Resource }

type listFilter struct {
	ChatbotID types.String `tfsdk:"chatbot_id"`
	Type      types.String `tfsdk:"type"`
	Status    types.String `tfsdk:"status"`
	NameRegex types.String `tfsdk:"name_regex"`
}

// ListResourceConfigSchema implements list.ListResource. The service may have other types and statuses, so the filters accept any text.
func (l *List) ListResourceConfigSchema(_ context.Context, _ fwlist.ListResourceSchemaRequest, resp *fwlist.ListResourceSchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Lists the sources of a chatbot, or of all chatbots of the account, oldest first.",
		Attributes: map[string]schema.Attribute{
			"chatbot_id": base.ChatbotFilter("sources"),
			"type":       schema.StringAttribute{Optional: true, MarkdownDescription: typeFilterText},
			"status":     schema.StringAttribute{Optional: true, MarkdownDescription: statusFilterText},
			"name_regex": base.NameFilter("sources (by title, or by file name or URL)"),
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
	sources := base.ChatbotObjects(ctx, l.Hub, filter.ChatbotID, l.Hub.Sources, hub.OldestFirst)
	stream.Results = base.ListResults(ctx, req, sources, base.Failure{Doing: "list", Noun: "sources"}.ReportList, func(in base.ChatbotObject[hub.Source]) (base.ListEntry[resourceModel], bool) {
		s := in.Object
		title, question := valueOrEmpty(s.Title), valueOrEmpty(s.Meta().Question)
		return base.ListEntry[resourceModel]{
			Name: cmp.Or(title, s.FileName, question), IDs: map[string]hub.ID{"chatbot_id": in.Chatbot, "id": s.ID},
			Read: func(m *resourceModel) { m.read(s) },
		}, (matches(title) || matches(s.FileName)) && base.MatchesFilter(filter.Type, s.Type) && base.MatchesFilter(filter.Status, s.Status)
	})
}
