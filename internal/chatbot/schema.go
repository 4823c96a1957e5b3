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
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// What the attributes are, for the resource and the data sources alike.
const (
	nameText         = "The name that the owner sees. Visitors never see it, and it need not be unique."
	rateLimitText    = "How many messages one visitor's device may send through the widget and the iframe in how many seconds."
	messagesText     = "The number of messages."
	secondsText      = "The length of the window, in seconds."
	limitMessageText = "What a visitor reads who has sent too many messages."
	citationsText    = "Whether answers show the sources they were drawn from."
	widgetText       = "The address of the chat page. Visitors can open it when `visibility` is `public`."
	embedText        = "The HTML that puts the chat bubble on a web page. It works when `visibility` is `public` or `hybrid`."
	iframeText       = "The HTML that puts the chat itself into a web page. It works when `visibility` is `public` or `hybrid`."
)

var visibilityText = "Who can chat: `private` is only the owner, `public` is everybody with the link and every page that embeds it, `hybrid` is embedding pages only. One of `" +
	strings.Join(hub.Visibilities, "`, `") + "`."

// Schema implements resource.Resource.
func (r *Resource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "A chatbot of the account. With every chatbot the service also makes one enabled agent, \"General Q&A\". " +
			"Destroying a chatbot destroys everything in it: agents, sources, tags and conversations; `deletion_protection` guards against that.",
		Attributes: map[string]schema.Attribute{
			"id":   base.ID("chatbot"),
			"name": schema.StringAttribute{Required: true, MarkdownDescription: nameText, Validators: []validator.String{stringvalidator.LengthAtLeast(1)}},
			"visibility": schema.StringAttribute{
				Optional: true, Computed: true, Default: stringdefault.StaticString(hub.DefaultVisibility),
				MarkdownDescription: visibilityText + fmt.Sprintf(" Defaults to `%s`.", hub.DefaultVisibility),
				Validators:          []validator.String{stringvalidator.OneOf(hub.Visibilities...)},
			},
			"rate_limit": rateLimitAttribute(),
			"rate_limit_message": schema.StringAttribute{
				Optional: true, Computed: true, Default: stringdefault.StaticString(hub.DefaultRateLimitMessage),
				MarkdownDescription: limitMessageText + fmt.Sprintf(" Defaults to `%s`.", hub.DefaultRateLimitMessage),
			},
			"show_citations": schema.BoolAttribute{
				Optional: true, Computed: true, Default: booldefault.StaticBool(hub.DefaultShowCitations),
				MarkdownDescription: citationsText + fmt.Sprintf(" Defaults to `%t`.", hub.DefaultShowCitations),
			},
			"deletion_protection": schema.BoolAttribute{
				Optional: true, Computed: true, Default: booldefault.StaticBool(false),
				MarkdownDescription: "Whether Terraform refuses to destroy the chatbot. It is kept in the state only, so it does not stop anybody in the web app. " +
					"Set it to `false` and apply before a destroy. Defaults to `false`.",
			},
			"widget_url":  base.Stable(widgetText),
			"embed_html":  base.Stable(embedText),
			"iframe_html": base.Stable(iframeText),
			"created_at":  base.CreatedAt("chatbot"),
			"modified_at": base.ModifiedAt("chatbot"),
		},
	}
}

// rateLimitAttribute has the whole object as its default; within it both members are required, because one without the other says
// nothing.
func rateLimitAttribute() schema.SingleNestedAttribute {
	return schema.SingleNestedAttribute{
		Optional: true, Computed: true,
		Default: objectdefault.StaticValue(rateLimitValue(hub.DefaultRateLimitMessages, hub.DefaultRateLimitSeconds)),
		MarkdownDescription: rateLimitText + fmt.Sprintf(" Defaults to `{ messages = %d, seconds = %d }`.",
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
