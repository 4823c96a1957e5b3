package chatbot

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/objectdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// Descriptions that the resource and the data sources share. Those of the settings are in fields.
const (
	messagesText = "The number of messages."
	secondsText  = "The length of the time window, in seconds."
	widgetText   = "The address of the chat page. Visitors can open it when `visibility` is `public`."
	embedText    = "The HTML that embeds the chat bubble in a web page. It works when `visibility` is `public` or `hybrid`."
	iframeText   = "The HTML that embeds the chat itself in a web page. It works when `visibility` is `public` or `hybrid`."
)

var visibilityText = "Who can chat. With `private`, only the owner. With `public`, everybody who has the link, and visitors of pages that embed the chatbot. With `hybrid`, only visitors of such pages. One of `" +
	strings.Join(hub.Visibilities, "`, `") + "`."

// Schema implements resource.Resource.
func (r *Resource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "An assistant that answers visitors on its chat page, or on web pages that embed it. " +
			"The service creates one enabled agent, \"General Q&A\", with it, so a new chatbot answers at once.",
		Attributes: attributes(),
	}
}

// attributes returns the attributes of the resource.
func attributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"id":   base.ID("chatbot"),
		"name": schema.StringAttribute{Required: true, MarkdownDescription: describe("name"), PlanModifiers: []planmodifier.String{base.KeepPriorWriting{}}, Validators: []validator.String{stringvalidator.LengthAtLeast(1)}},
		"visibility": schema.StringAttribute{
			Optional: true, Computed: true, Default: stringdefault.StaticString(hub.DefaultVisibility),
			MarkdownDescription: describe("visibility") + fmt.Sprintf(" Defaults to `%s`.", hub.DefaultVisibility),
			Validators:          []validator.String{stringvalidator.OneOf(hub.Visibilities...)},
		},
		"rate_limit": rateLimitAttribute(),
		"rate_limit_message": schema.StringAttribute{
			Optional: true, Computed: true, Default: stringdefault.StaticString(hub.DefaultRateLimitMessage),
			PlanModifiers:       []planmodifier.String{base.KeepPriorWriting{}},
			MarkdownDescription: describe("rate_limit_message") + fmt.Sprintf(" Defaults to `%s`.", hub.DefaultRateLimitMessage),
		},
		"show_citations": schema.BoolAttribute{
			Optional: true, Computed: true, Default: booldefault.StaticBool(hub.DefaultShowCitations),
			MarkdownDescription: describe("show_citations") + fmt.Sprintf(" Defaults to `%t`.", hub.DefaultShowCitations),
		},
		"deletion_protection": schema.BoolAttribute{
			Optional: true, Computed: true, Default: booldefault.StaticBool(false),
			MarkdownDescription: "Whether Terraform refuses to destroy the chatbot. Only the state has this value, so it does not prevent a deletion in the web app. " +
				"Set it to `false` and apply before a destroy. Defaults to `false`.",
		},
		"widget_url":  base.Stable(widgetText),
		"embed_html":  base.Stable(embedText),
		"iframe_html": base.Stable(iframeText),
		"created_at":  base.CreatedAt("chatbot"),
		"modified_at": base.ModifiedAt("chatbot"),
	}
}

// rateLimitAttribute has the whole object as its default. Both members are required, because one without the other has no meaning.
func rateLimitAttribute() schema.SingleNestedAttribute {
	return schema.SingleNestedAttribute{
		Optional: true, Computed: true,
		Default: objectdefault.StaticValue(rateLimitValue(hub.DefaultRateLimitMessages, hub.DefaultRateLimitSeconds)),
		MarkdownDescription: describe("rate_limit") + fmt.Sprintf(" Defaults to `{ messages = %d, seconds = %d }`.",
			hub.DefaultRateLimitMessages, hub.DefaultRateLimitSeconds),
		Attributes: map[string]schema.Attribute{
			"messages": schema.Int64Attribute{
				Required: true, Validators: []validator.Int64{int64validator.Between(1, hub.MaxRateLimitMessages)},
				MarkdownDescription: messagesText + fmt.Sprintf(" From 1 to %d.", hub.MaxRateLimitMessages),
			},
			"seconds": schema.Int64Attribute{
				Required: true, Validators: []validator.Int64{int64validator.Between(1, hub.MaxRateLimitSeconds)},
				MarkdownDescription: secondsText + fmt.Sprintf(" From 1 to %d.", hub.MaxRateLimitSeconds),
			},
		},
	}
}

// IdentitySchema implements resource.ResourceWithIdentity.
func (r *Resource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{"id": base.IdentityID("chatbot")}}
}
