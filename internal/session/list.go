package session

import (
	"context"

	fwlist "github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

var (
	_ fwlist.ListResourceWithConfigure      = &List{}
	_ fwlist.ListResourceWithValidateConfig = &List{}
)

// NewList makes the list resource aichatbothub_session.
func NewList() fwlist.ListResource { return &List{} }

// List is the list resource aichatbothub_session. It shares the name and the client of the resource.
type List struct{ Resource }

type listFilter struct {
	ChatbotID     types.String `tfsdk:"chatbot_id"`
	CreatedAfter  types.String `tfsdk:"created_after"`
	CreatedBefore types.String `tfsdk:"created_before"`
}

// ListResourceConfigSchema implements list.ListResource.
func (l *List) ListResourceConfigSchema(_ context.Context, _ fwlist.ListResourceSchemaRequest, resp *fwlist.ListResourceSchemaResponse) {
	bound := func(text string) schema.StringAttribute {
		return schema.StringAttribute{Optional: true, Validators: []validator.String{base.Timestamp()}, MarkdownDescription: text}
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "Lists the conversations of a chatbot, or those that began in a time range, oldest first.",
		Attributes: map[string]schema.Attribute{
			"chatbot_id":     schema.StringAttribute{Required: true, Validators: []validator.String{base.IDForm{}}, MarkdownDescription: "The id of the chatbot."},
			"created_after":  bound(afterText),
			"created_before": bound(beforeText),
		},
	}
}

// ValidateListResourceConfig implements list.ListResourceWithValidateConfig.
func (l *List) ValidateListResourceConfig(ctx context.Context, req fwlist.ValidateConfigRequest, resp *fwlist.ValidateConfigResponse) {
	var filter listFilter
	resp.Diagnostics.Append(req.Config.Get(ctx, &filter)...)
	if !resp.Diagnostics.HasError() {
		validateTimeRange(filter.CreatedAfter, filter.CreatedBefore, &resp.Diagnostics)
	}
}

// List implements list.ListResource.
func (l *List) List(ctx context.Context, req fwlist.ListRequest, stream *fwlist.ListResultsStream) {
	var filter listFilter
	if !l.ReadFilters(ctx, req, stream, &filter) {
		return
	}
	fetch := func(ctx context.Context, chatbot hub.ID) ([]hub.Session, error) {
		return l.Hub.Sessions(ctx, chatbot, parseTime(filter.CreatedAfter), parseTime(filter.CreatedBefore))
	}
	sessions := base.ChatbotObjects(ctx, l.Hub, filter.ChatbotID, fetch, hub.OldestFirst)
	stream.Results = base.ListResults(ctx, req, sessions, base.Failure{Doing: "list", Noun: "sessions"}.ReportList, func(in base.ChatbotObject[hub.Session]) (base.ListEntry[resourceModel], bool) {
		return base.ListEntry[resourceModel]{
			Name: in.Object.CreatedAt, IDs: map[string]hub.ID{"chatbot_id": in.Chatbot, "id": in.Object.ID},
			Read: func(m *resourceModel) { m.read(in.Object) },
		}, true
	})
}
