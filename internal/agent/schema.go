package agent

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/float64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/boolplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/float64planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// Descriptions that resources and data sources share. Those of the settings are in fields.
const (
	chatbotText = "The id of the chatbot that the agent belongs to."
	hashText    = "The SHA-256 of the prompt in hexadecimal digits, with CRLF replaced by LF, without white space at both ends, and without a byte order mark."
	left        = " When it is not configured, the service's value is kept."
)

var (
	typesText = "One of `" + strings.Join(hub.AgentTypes, "`, `") + "`."
	typeText  = "The type of the agent. " + typesText
)

// Schema implements resource.Resource.
func (r *Resource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Instructions with which a chatbot answers, labels, hands over or refuses. For each message, the service decides which agent of the chatbot answers.\n\n" +
			"A new `user-facing` agent has no sources until `use_all_sources = true` or `source_ids` is configured. " +
			"The service creates agents disabled. This resource enables them unless `enabled = false` is configured.",
		Attributes: resourceAttributes(),
	}
}

// resourceAttributes returns the attributes of an agent.
func resourceAttributes() map[string]schema.Attribute {
	attributes := commonAttributes()
	attributes["name"] = schema.StringAttribute{Required: true, MarkdownDescription: describe("name"), PlanModifiers: []planmodifier.String{base.KeepPriorWriting{}},
		Validators: []validator.String{stringvalidator.LengthAtLeast(1)}}
	attributes["type"] = schema.StringAttribute{
		Required: true, Validators: []validator.String{stringvalidator.OneOf(hub.AgentTypes...)},
		PlanModifiers: []planmodifier.String{stringplanmodifier.RequiresReplace()},
		MarkdownDescription: typeText + fmt.Sprintf(" A chatbot has at most one agent each of the types `%s`. A change replaces the agent.",
			strings.Join(hub.SingletonAgentTypes, "` and `")),
	}
	attributes["default_message"] = schema.StringAttribute{Optional: true, Computed: true, MarkdownDescription: describe("default_message") + left,
		PlanModifiers: []planmodifier.String{base.KeepPriorWriting{}, stringplanmodifier.UseStateForUnknown()}}
	attributes["tags"] = tagsAttribute()
	attributes["human_escalation_settings"] = escalationAttribute()
	return attributes
}

// commonAttributes returns the attributes that agents and default agents share, except the name.
func commonAttributes() map[string]schema.Attribute {
	keepText := []planmodifier.String{base.KeepPriorWriting{}, stringplanmodifier.UseStateForUnknown()}
	keepNumber := []planmodifier.Float64{base.KeepPriorWriting{}, float64planmodifier.UseStateForUnknown()}
	return map[string]schema.Attribute{
		"id":            base.ID("agent"),
		"chatbot_id":    base.ParentID(chatbotText + " A change replaces the agent."),
		"description":   schema.StringAttribute{Optional: true, Computed: true, MarkdownDescription: describe("description") + left, PlanModifiers: keepText},
		"prompt":        schema.StringAttribute{Optional: true, Computed: true, MarkdownDescription: describe("prompt") + " Differences in line endings and in leading and trailing white space are ignored." + left, PlanModifiers: keepText},
		"prompt_sha256": schema.StringAttribute{Computed: true, MarkdownDescription: hashText},
		"enabled": schema.BoolAttribute{Optional: true, Computed: true, Default: booldefault.StaticBool(true),
			MarkdownDescription: describe("enabled") + " Defaults to `true`."},
		"model": schema.StringAttribute{Optional: true, Computed: true, MarkdownDescription: describe("model") + left,
			PlanModifiers: []planmodifier.String{stringplanmodifier.UseStateForUnknown()}, Validators: []validator.String{stringvalidator.LengthAtLeast(1)}},
		"temperature": schema.Float64Attribute{Optional: true, Computed: true, MarkdownDescription: describe("temperature") + left,
			PlanModifiers: keepNumber, Validators: []validator.Float64{float64validator.Between(0, 1)}},
		"bias":       schema.Float64Attribute{Optional: true, Computed: true, MarkdownDescription: describe("bias") + left, PlanModifiers: keepNumber},
		"stickiness": schema.Float64Attribute{Optional: true, Computed: true, MarkdownDescription: describe("stickiness") + left, PlanModifiers: keepNumber},
		"use_all_sources": schema.BoolAttribute{Optional: true, Computed: true, PlanModifiers: []planmodifier.Bool{boolplanmodifier.UseStateForUnknown()},
			MarkdownDescription: describe("use_all_sources") + " It is `false` when `source_ids` is configured." + left},
		"source_ids": schema.SetAttribute{Optional: true, Computed: true, ElementType: types.StringType,
			MarkdownDescription: describe("source_ids") + " It cannot be combined with `use_all_sources = true`." + left,
			Validators:          []validator.Set{base.NoNulls{}, base.IDForm{}},
			PlanModifiers:       []planmodifier.Set{base.IDForm{}}},
		"variables":   variablesAttribute(),
		"created_at":  base.CreatedAt("agent"),
		"modified_at": base.ModifiedAt("agent"),
	}
}

// IdentitySchema implements resource.ResourceWithIdentity.
func (r *Resource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identitySchema()
}

func identitySchema() identityschema.Schema {
	return identityschema.Schema{Attributes: map[string]identityschema.Attribute{"chatbot_id": base.IdentityID("chatbot"), "id": base.IdentityID("agent")}}
}
