package chatbot

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// model is what the resource and the data sources share.
type model struct {
	ID               types.String `tfsdk:"id"`
	Name             types.String `tfsdk:"name"`
	Visibility       types.String `tfsdk:"visibility"`
	RateLimit        types.Object `tfsdk:"rate_limit"` // an object, because a plan may hold unknown members
	RateLimitMessage types.String `tfsdk:"rate_limit_message"`
	ShowCitations    types.Bool   `tfsdk:"show_citations"`
	WidgetURL        types.String `tfsdk:"widget_url"`
	EmbedHTML        types.String `tfsdk:"embed_html"`
	IframeHTML       types.String `tfsdk:"iframe_html"`
	CreatedAt        types.String `tfsdk:"created_at"`
	ModifiedAt       types.String `tfsdk:"modified_at"`
}

// resourceModel adds what exists in Terraform only.
type resourceModel struct {
	model
	DeletionProtection types.Bool `tfsdk:"deletion_protection"`
}

type identity struct {
	ID types.String `tfsdk:"id"`
}

// rateLimit is the value of the rate_limit attribute.
type rateLimit struct {
	Messages types.Int64 `tfsdk:"messages"`
	Seconds  types.Int64 `tfsdk:"seconds"`
}

var rateLimitTypes = map[string]attr.Type{"messages": types.Int64Type, "seconds": types.Int64Type}

// rateLimitValue is an object of the rate_limit attribute.
func rateLimitValue(messages, seconds int64) types.Object {
	return types.ObjectValueMust(rateLimitTypes, map[string]attr.Value{"messages": types.Int64Value(messages), "seconds": types.Int64Value(seconds)})
}

// hubID is the id as the client takes it.
func (m *model) hubID() hub.ID { return hub.ID(m.ID.ValueString()) }

// object names the chatbot in messages.
func (m *model) object() string {
	if m.ID.IsNull() || m.ID.IsUnknown() {
		return fmt.Sprintf("%q", m.Name.ValueString())
	}
	return fmt.Sprintf("%q (%s)", m.Name.ValueString(), m.ID.ValueString())
}

// settings returns the body of a create or an update, which always has all settings.
func (m *model) settings(ctx context.Context, diags *diag.Diagnostics) hub.ChatbotSettings {
	var limit rateLimit
	diags.Append(m.RateLimit.As(ctx, &limit, basetypes.ObjectAsOptions{})...)
	return hub.ChatbotSettings{
		Name:             m.Name.ValueString(),
		Visibility:       m.Visibility.ValueString(),
		RateLimit:        hub.RateLimit{Messages: limit.Messages.ValueInt64(), Seconds: limit.Seconds.ValueInt64()},
		RateLimitMessage: m.RateLimitMessage.ValueString(),
		ShowCitations:    m.ShowCitations.ValueBool(),
	}
}

// read reads an answer into the model. A setting that the answer lacks keeps its prior value, or gets the documented default where there
// is none.
func (m *model) read(c *hub.Client, bot hub.Chatbot) {
	m.ID = types.StringValue(string(bot.ID))
	if !bot.IsUnreadable("name") {
		m.Name = base.Text(bot.Name, m.Name)
	}
	m.Visibility = base.StringOrPrior(bot.Meta.Visibility, orDefault(m.Visibility, hub.DefaultVisibility))
	m.RateLimitMessage = base.StringOrPrior(bot.Meta.RateLimitMessage, orDefault(m.RateLimitMessage, hub.DefaultRateLimitMessage))
	switch limit := bot.Meta.RateLimit; {
	case limit != nil:
		m.RateLimit = rateLimitValue(limit.Messages, limit.Seconds)
	case m.RateLimit.IsNull() || m.RateLimit.IsUnknown():
		m.RateLimit = rateLimitValue(hub.DefaultRateLimitMessages, hub.DefaultRateLimitSeconds)
	}
	m.ShowCitations = base.BoolOrPrior(bot.Meta.ShowCitations, m.ShowCitations, types.BoolValue(hub.DefaultShowCitations))
	m.WidgetURL = types.StringValue(c.WidgetURL(bot.ID))
	m.EmbedHTML = types.StringValue(c.EmbedHTML(bot.ID))
	m.IframeHTML = types.StringValue(c.IframeHTML(bot.ID))
	m.CreatedAt = base.NonEmptyOrPrior(bot.CreatedAt, m.CreatedAt)
	m.ModifiedAt = base.NonEmptyOrPrior(bot.ModifiedAt, m.ModifiedAt)
}

// readWhole is read for the resource, which has attributes of its own.
func (m *resourceModel) readWhole(c *hub.Client, bot hub.Chatbot) {
	m.read(c, bot)
	if m.DeletionProtection.IsNull() { // after an import
		m.DeletionProtection = types.BoolValue(false)
	}
}

// orDefault returns a value, or the default where there is none.
func orDefault(v types.String, fallback string) types.String {
	if v.IsNull() || v.IsUnknown() {
		return types.StringValue(fallback)
	}
	return v
}

// failure returns the report of an error about this chatbot.
func (m *model) failure(doing string) base.Failure {
	return base.Failure{Doing: doing, Noun: "chatbot", Object: m.object(), Attribute: attribute, Import: []string{"aichatbothub_chatbot"}}
}
