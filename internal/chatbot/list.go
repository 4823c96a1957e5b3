package chatbot

import (
	"context"

	fwlist "github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

var _ fwlist.ListResourceWithConfigure = &List{}

// NewList makes the list resource aichatbothub_chatbot.
func NewList() fwlist.ListResource { return &List{} }

// List is the list resource aichatbothub_chatbot: the chatbots of the account. Its name and its client are the resource's.
type List struct{ Resource }

type listFilter struct {
	NameRegex  types.String `tfsdk:"name_regex"`
	Visibility types.String `tfsdk:"visibility"`
}

// ListResourceConfigSchema implements list.ListResource.
func (l *List) ListResourceConfigSchema(_ context.Context, _ fwlist.ListResourceSchemaRequest, resp *fwlist.ListResourceSchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Lists the chatbots of the account, oldest first.",
		Attributes: map[string]schema.Attribute{
			"name_regex": base.NameFilter("chatbots"),
			"visibility": base.OneOfFilter("Lists only the chatbots of this visibility. "+visibilityText, hub.Visibilities),
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
	stream.Results = base.ListResults(ctx, req, base.Chatbots(ctx, l.Hub), base.Failure{Doing: "list", Noun: "chatbots"}.ReportList, func(in base.ChatbotObject[hub.Chatbot]) (base.ListEntry[resourceModel], bool) {
		bot := in.Object
		var shown model
		shown.read(l.Hub, bot)
		return base.ListEntry[resourceModel]{
			Name: bot.Name, IDs: map[string]hub.ID{"id": bot.ID},
			Read: func(m *resourceModel) { m.readWhole(l.Hub, bot) },
		}, matches(bot.Name) && base.MatchesFilter(filter.Visibility, shown.Visibility.ValueString())
	})
}
