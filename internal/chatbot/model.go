package chatbot

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
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

// settings is the body of create and update: always all five.
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

// read takes an answer over. Settings that it lacks keep the value they had, or get the documented default where they had none.
func (m *model) read(c *hub.Client, bot hub.Chatbot) {
	m.ID = types.StringValue(string(bot.ID))
	m.Name = types.StringValue(bot.Name)
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

// readWhole is read for a refresh of the resource.
func (m *resourceModel) readWhole(c *hub.Client, bot hub.Chatbot) {
	m.read(c, bot)
	if m.DeletionProtection.IsNull() { // after an import
		m.DeletionProtection = types.BoolValue(false)
	}
}

// keepPlanned puts the values that were planned back where the service answered others, and collects their names.
func (m *model) keepPlanned(plan model) *base.NotApplied {
	var r base.NotApplied
	m.Name = base.KeepPlanned(&r, "name", plan.Name, m.Name)
	m.Visibility = base.KeepPlanned(&r, "visibility", plan.Visibility, m.Visibility)
	m.RateLimit = base.KeepPlanned(&r, "rate_limit", plan.RateLimit, m.RateLimit)
	m.RateLimitMessage = base.KeepPlanned(&r, "rate_limit_message", plan.RateLimitMessage, m.RateLimitMessage)
	m.ShowCitations = base.KeepPlanned(&r, "show_citations", plan.ShowCitations, m.ShowCitations)
	// These were planned from the refreshed state; they follow a changed base_url at the next refresh.
	var follow base.NotApplied
	m.CreatedAt = base.KeepPlanned(&follow, "created_at", plan.CreatedAt, m.CreatedAt)
	m.WidgetURL = base.KeepPlanned(&follow, "widget_url", plan.WidgetURL, m.WidgetURL)
	m.EmbedHTML = base.KeepPlanned(&follow, "embed_html", plan.EmbedHTML, m.EmbedHTML)
	m.IframeHTML = base.KeepPlanned(&follow, "iframe_html", plan.IframeHTML, m.IframeHTML)
	return &r
}

// attribute finds the attribute of a field that a 422 names.
func attribute(loc []string) (path.Path, bool) {
	p := path.Root(loc[0])
	switch loc[0] {
	case "name", "visibility", "rate_limit_message", "show_citations":
		return p, true
	case "rate_limit":
		if len(loc) > 1 {
			p = p.AtName(map[bool]string{true: "messages", false: "seconds"}[loc[1] == "0"])
		}
		return p, true
	}
	return p, false
}

// orDefault gives a value, or the default for none.
func orDefault(v types.String, fallback string) types.String {
	if v.IsNull() || v.IsUnknown() {
		return types.StringValue(fallback)
	}
	return v
}

// sameSettings says whether all that the service stores is equal. Unknown values are not.
func (m *model) sameSettings(o model) bool {
	return m.Name.Equal(o.Name) && m.Visibility.Equal(o.Visibility) && m.RateLimit.Equal(o.RateLimit) &&
		m.RateLimitMessage.Equal(o.RateLimitMessage) && m.ShowCitations.Equal(o.ShowCitations)
}

// failure is how errors about this chatbot are reported.
func (m *model) failure(doing string) base.Failure {
	return base.Failure{Doing: doing, Noun: "chatbot", Object: m.object(), Attribute: attribute, Import: []string{"aichatbothub_chatbot"}}
}

// protected reports a chatbot that must not be destroyed, and says whether it is one.
func (m *resourceModel) protected(diags *diag.Diagnostics) bool {
	if !m.DeletionProtection.ValueBool() {
		return false
	}
	diags.AddAttributeError(path.Root("deletion_protection"), "Chatbot is protected against deletion",
		fmt.Sprintf("Chatbot %s has deletion_protection = true, so Terraform does not destroy it. It would take all its agents, sources, tags and conversations with it, "+
			"and its widget would stop on every page that embeds it. If that is meant, set deletion_protection = false, apply, and then destroy or replace it.", m.object()))
	return true
}
