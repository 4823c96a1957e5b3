package agent

import (
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/boolplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/listplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/objectplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// nestedText holds the descriptions of the nested attributes, for resources and data sources.
var nestedText = map[string]string{
	"variables.name":          "The name of the variable, such as `user_email`.",
	"variables.description":   "What the value means. The agent reads it.",
	"variables.type":          "The type of the value. One of `" + strings.Join(hub.VariableTypes, "`, `") + "`.",
	"variables.example":       "Examples of values, as text.",
	"variables.default_value": "The value until a visitor gives one, as text.",
	"variables.static":        "Whether the default value can never change.",
	"tags.name":               "The text of the label, such as `complaint`.",
	"tags.criteria":           "Which conversations get the label. The agent reads it.",
	"tags.color":              "The color of the label, such as `#0071F9`. Case is ignored.",

	"human_escalation_settings.human_requested_message":      "The message to a visitor who asks for a human.",
	"human_escalation_settings.live_chat_start_announcement": "The message to the visitor when a human joins the conversation.",
	"human_escalation_settings.live_chat_end_announcement":   "The message to the visitor when the human has left the conversation.",
	"human_escalation_settings.monitored_messages":           fmt.Sprintf("The messages of a visitor that call a human automatically, at most %d.", hub.MaxMonitoredMessages),
	"human_escalation_settings.notifications_enabled":        "Whether the team gets a notification.",
	"human_escalation_settings.sound_enabled":                "Whether the notification plays a sound.",
}

func variablesAttribute() schema.ListNestedAttribute {
	text := func(name string) string { return nestedText["variables."+name] }
	keep := []planmodifier.String{base.KeepPriorWriting{}}
	return schema.ListNestedAttribute{
		Optional: true, MarkdownDescription: describe("variables"), Validators: []validator.List{base.NoNulls{}},
		NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
			"name":          schema.StringAttribute{Required: true, MarkdownDescription: text("name"), PlanModifiers: keep, Validators: []validator.String{stringvalidator.LengthAtLeast(1)}},
			"description":   schema.StringAttribute{Required: true, MarkdownDescription: text("description"), PlanModifiers: keep},
			"type":          schema.StringAttribute{Required: true, MarkdownDescription: text("type"), Validators: []validator.String{stringvalidator.OneOf(hub.VariableTypes...)}},
			"example":       schema.StringAttribute{Optional: true, Computed: true, Default: stringdefault.StaticString(""), PlanModifiers: keep, MarkdownDescription: text("example") + " Defaults to the empty string."},
			"default_value": schema.StringAttribute{Optional: true, Computed: true, Default: stringdefault.StaticString(""), PlanModifiers: keep, MarkdownDescription: text("default_value") + " Defaults to the empty string."},
			"static":        schema.BoolAttribute{Optional: true, Computed: true, Default: booldefault.StaticBool(false), MarkdownDescription: text("static") + " Defaults to `false`."},
		}},
	}
}

func tagsAttribute() schema.ListNestedAttribute {
	text := func(name string) string { return nestedText["tags."+name] }
	keep := []planmodifier.String{base.KeepPriorWriting{}}
	return schema.ListNestedAttribute{
		Optional: true, MarkdownDescription: describe("tags"), Validators: []validator.List{base.NoNulls{}},
		NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
			"name":     schema.StringAttribute{Required: true, MarkdownDescription: text("name"), PlanModifiers: keep, Validators: []validator.String{stringvalidator.LengthAtLeast(1)}},
			"criteria": schema.StringAttribute{Required: true, MarkdownDescription: text("criteria"), PlanModifiers: keep},
			"color": schema.StringAttribute{Required: true, MarkdownDescription: text("color"),
				PlanModifiers: []planmodifier.String{base.KeepEqualColor()},
				Validators:    []validator.String{base.Color()}},
		}},
	}
}

// escalationAttribute keeps the service's value of each member that is not configured, also when another member changes.
func escalationAttribute() schema.SingleNestedAttribute {
	text := func(name string) string { return nestedText["human_escalation_settings."+name] + left }
	str := func(name string) schema.StringAttribute {
		return schema.StringAttribute{Optional: true, Computed: true, MarkdownDescription: text(name), PlanModifiers: []planmodifier.String{base.KeepPriorWriting{}, stringplanmodifier.UseNonNullStateForUnknown()}}
	}
	flag := func(name string) schema.BoolAttribute {
		return schema.BoolAttribute{Optional: true, Computed: true, MarkdownDescription: text(name), PlanModifiers: []planmodifier.Bool{boolplanmodifier.UseNonNullStateForUnknown()}}
	}
	return schema.SingleNestedAttribute{
		Optional: true, Computed: true, MarkdownDescription: describe("human_escalation_settings") + left,
		PlanModifiers: []planmodifier.Object{objectplanmodifier.UseStateForUnknown()},
		Attributes: map[string]schema.Attribute{
			"human_requested_message":      str("human_requested_message"),
			"live_chat_start_announcement": str("live_chat_start_announcement"),
			"live_chat_end_announcement":   str("live_chat_end_announcement"),
			"monitored_messages": schema.ListAttribute{Optional: true, Computed: true, ElementType: types.StringType, MarkdownDescription: text("monitored_messages"),
				PlanModifiers: []planmodifier.List{base.KeepPriorWriting{}, listplanmodifier.UseNonNullStateForUnknown()},
				Validators:    []validator.List{base.NoNulls{}, listvalidator.SizeAtMost(hub.MaxMonitoredMessages)}},
			"notifications_enabled": flag("notifications_enabled"),
			"sound_enabled":         flag("sound_enabled"),
		},
	}
}
