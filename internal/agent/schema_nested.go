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

// What the nested attributes are.
var nestedText = map[string]string{
	"variables.name":          "The name of the variable, such as `user_email`.",
	"variables.description":   "What the variable means; the agent reads it.",
	"variables.type":          "The type of its value. One of `" + strings.Join(hub.VariableTypes, "`, `") + "`.",
	"variables.example":       "Examples of values, as text.",
	"variables.default_value": "The value before anybody gave one, as text.",
	"variables.static":        "Whether the default value can never change.",
	"tags.name":               "The name of the label.",
	"tags.criteria":           "Which conversations get the label.",
	"tags.color":              "The colour of the label, such as `#0071F9`; upper and lower case are the same.",

	"human_escalation_settings.human_requested_message":      "What the visitor reads after asking for a human.",
	"human_escalation_settings.live_chat_start_announcement": "What the visitor reads when a human comes in.",
	"human_escalation_settings.live_chat_end_announcement":   "What the visitor reads when the human has left.",
	"human_escalation_settings.monitored_messages":           fmt.Sprintf("The messages that call a human by themselves, %d at most.", hub.MaxMonitoredMessages),
	"human_escalation_settings.notifications_enabled":        "Whether the team is notified.",
	"human_escalation_settings.sound_enabled":                "Whether a sound is played to the team.",
}

func variablesAttribute() schema.ListNestedAttribute {
	text := func(name string) string { return nestedText["variables."+name] }
	return schema.ListNestedAttribute{
		Optional: true, MarkdownDescription: variablesText + only("variables"),
		NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
			"name":          schema.StringAttribute{Required: true, MarkdownDescription: text("name"), Validators: []validator.String{stringvalidator.LengthAtLeast(1)}},
			"description":   schema.StringAttribute{Required: true, MarkdownDescription: text("description")},
			"type":          schema.StringAttribute{Required: true, MarkdownDescription: text("type"), Validators: []validator.String{stringvalidator.OneOf(hub.VariableTypes...)}},
			"example":       schema.StringAttribute{Optional: true, Computed: true, Default: stringdefault.StaticString(""), MarkdownDescription: text("example") + " Defaults to none."},
			"default_value": schema.StringAttribute{Optional: true, Computed: true, Default: stringdefault.StaticString(""), MarkdownDescription: text("default_value") + " Defaults to none."},
			"static":        schema.BoolAttribute{Optional: true, Computed: true, Default: booldefault.StaticBool(false), MarkdownDescription: text("static") + " Defaults to `false`."},
		}},
	}
}

func tagsAttribute() schema.ListNestedAttribute {
	text := func(name string) string { return nestedText["tags."+name] }
	return schema.ListNestedAttribute{
		Optional: true, MarkdownDescription: tagsText + only("tags"),
		NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
			"name":     schema.StringAttribute{Required: true, MarkdownDescription: text("name"), Validators: []validator.String{stringvalidator.LengthAtLeast(1)}},
			"criteria": schema.StringAttribute{Required: true, MarkdownDescription: text("criteria")},
			"color": schema.StringAttribute{Required: true, MarkdownDescription: text("color"),
				PlanModifiers: []planmodifier.String{base.KeepEqualColor()},
				Validators:    []validator.String{base.Color()}},
		}},
	}
}

// escalationAttribute keeps what the service has for each member that is left out, also when another one changes.
func escalationAttribute() schema.SingleNestedAttribute {
	text := func(name string) string { return nestedText["human_escalation_settings."+name] + left }
	str := func(name string) schema.StringAttribute {
		return schema.StringAttribute{Optional: true, Computed: true, MarkdownDescription: text(name), PlanModifiers: []planmodifier.String{stringplanmodifier.UseNonNullStateForUnknown()}}
	}
	flag := func(name string) schema.BoolAttribute {
		return schema.BoolAttribute{Optional: true, Computed: true, MarkdownDescription: text(name), PlanModifiers: []planmodifier.Bool{boolplanmodifier.UseNonNullStateForUnknown()}}
	}
	return schema.SingleNestedAttribute{
		Optional: true, Computed: true, MarkdownDescription: escalationText + only("human_escalation_settings") + left,
		PlanModifiers: []planmodifier.Object{objectplanmodifier.UseStateForUnknown()},
		Attributes: map[string]schema.Attribute{
			"human_requested_message":      str("human_requested_message"),
			"live_chat_start_announcement": str("live_chat_start_announcement"),
			"live_chat_end_announcement":   str("live_chat_end_announcement"),
			"monitored_messages": schema.ListAttribute{Optional: true, Computed: true, ElementType: types.StringType, MarkdownDescription: text("monitored_messages"),
				PlanModifiers: []planmodifier.List{listplanmodifier.UseNonNullStateForUnknown()},
				Validators:    []validator.List{listvalidator.SizeAtMost(hub.MaxMonitoredMessages)}},
			"notifications_enabled": flag("notifications_enabled"),
			"sound_enabled":         flag("sound_enabled"),
		},
	}
}
