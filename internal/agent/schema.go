package agent

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/float64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
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

// What the attributes are, for the resources and the data sources alike.
const (
	chatbotText     = "The id of the chatbot that the agent belongs to."
	nameText        = "The name of the agent."
	descriptionText = "What the agent is for. The service reads it when it decides which agent answers a visitor."
	promptText      = "What the agent is told to do."
	hashText        = "The SHA-256 of the prompt in hexadecimal digits, after CRLF became LF and white space at both ends was dropped."
	enabledText     = "Whether the agent takes part in conversations."
	modelText       = "The language model, with the size of its context, such as `gpt-4o-mini-4k`. The models change often: the data source `aichatbothub_models` lists them."
	temperatureText = "How free the model is in its wording, from 0 (always the likeliest) to 1."
	biasText        = "How much the routing leans towards this agent. The service documents 0 to 1 and has been seen to use other values."
	stickinessText  = "How much a conversation stays with this agent once it has answered. The service documents 0 to 1. (The API spells it `stickness`.)"
	allSourcesText  = "Whether the agent answers from all sources of the chatbot, those added later included."
	sourcesText     = "The ids of the sources that the agent answers from."
	variablesText   = "What the agent should learn from a visitor, or knows from the start."
	messageText     = "What the agent answers."
	tagsText        = "The labels that the agent puts on conversations."
	escalationText  = "How a conversation is handed to a human."
	left            = " Left out, it stays what the service has."
)

var typeText = "What kind of agent it is. One of `" + strings.Join(hub.AgentTypes, "`, `") + "`."

// Schema implements resource.Resource.
func (r *Resource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	attributes := commonAttributes()
	attributes["name"] = schema.StringAttribute{Required: true, MarkdownDescription: nameText, Validators: []validator.String{stringvalidator.LengthAtLeast(1)}}
	attributes["type"] = schema.StringAttribute{
		Required: true, Validators: []validator.String{stringvalidator.OneOf(hub.AgentTypes...)},
		PlanModifiers: []planmodifier.String{stringplanmodifier.RequiresReplace()},
		MarkdownDescription: typeText + fmt.Sprintf(" A chatbot has at most one agent each of the types `%s`. It is fixed at creation: a change replaces the agent.",
			strings.Join(hub.SingletonAgentTypes, "`, `")),
	}
	attributes["default_message"] = schema.StringAttribute{Optional: true, Computed: true, MarkdownDescription: messageText + only("default_message") + left,
		PlanModifiers: []planmodifier.String{stringplanmodifier.UseStateForUnknown()}}
	attributes["tags"] = tagsAttribute()
	attributes["human_escalation_settings"] = escalationAttribute()
	resp.Schema = schema.Schema{
		MarkdownDescription: "An agent of a chatbot: its prompt, its model, and when it answers.\n\n" +
			"A new `user-facing` agent knows nothing until `use_all_sources = true` or `source_ids` is written. " +
			"The service makes agents disabled; this resource enables them, because an agent that is declared is meant to work: write `enabled = false` to keep it out.",
		Attributes: attributes,
	}
}

// commonAttributes are the attributes of agents and default agents, but for the name.
func commonAttributes() map[string]schema.Attribute {
	keepText := []planmodifier.String{keepEqualText{}, stringplanmodifier.UseStateForUnknown()}
	keepNumber := []planmodifier.Float64{keepEqualNumber{}, float64planmodifier.UseStateForUnknown()}
	return map[string]schema.Attribute{
		"id": base.ID("agent"),
		"chatbot_id": schema.StringAttribute{Required: true, Validators: []validator.String{base.UUID()},
			PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplace()},
			MarkdownDescription: chatbotText + " A change replaces the agent."},
		"description":   schema.StringAttribute{Optional: true, Computed: true, MarkdownDescription: descriptionText + left, PlanModifiers: keepText},
		"prompt":        schema.StringAttribute{Optional: true, Computed: true, MarkdownDescription: promptText + " CRLF and white space at both ends make no difference." + left, PlanModifiers: keepText},
		"prompt_sha256": schema.StringAttribute{Computed: true, MarkdownDescription: hashText},
		"enabled": schema.BoolAttribute{Optional: true, Computed: true, Default: booldefault.StaticBool(true),
			MarkdownDescription: enabledText + " Defaults to `true`."},
		"model": schema.StringAttribute{Optional: true, Computed: true, MarkdownDescription: modelText + only("model") + left,
			PlanModifiers: []planmodifier.String{stringplanmodifier.UseStateForUnknown()}, Validators: []validator.String{stringvalidator.LengthAtLeast(1)}},
		"temperature": schema.Float64Attribute{Optional: true, Computed: true, MarkdownDescription: temperatureText + only("temperature") + left,
			PlanModifiers: keepNumber, Validators: []validator.Float64{float64validator.Between(0, 1)}},
		"bias":       schema.Float64Attribute{Optional: true, Computed: true, MarkdownDescription: biasText + only("bias") + left, PlanModifiers: keepNumber},
		"stickiness": schema.Float64Attribute{Optional: true, Computed: true, MarkdownDescription: stickinessText + only("stickiness") + left, PlanModifiers: keepNumber},
		"use_all_sources": schema.BoolAttribute{Optional: true, Computed: true, PlanModifiers: []planmodifier.Bool{boolplanmodifier.UseStateForUnknown()},
			MarkdownDescription: allSourcesText + " It is `false` where `source_ids` is written." + only("use_all_sources") + left},
		"source_ids": schema.SetAttribute{Optional: true, Computed: true, ElementType: types.StringType,
			MarkdownDescription: sourcesText + " It cannot be written together with `use_all_sources = true`." + only("source_ids") + left,
			Validators:          []validator.Set{setvalidator.NoNullValues(), setvalidator.ValueStringsAre(base.UUID())}},
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
