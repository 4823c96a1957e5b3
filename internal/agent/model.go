package agent

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// common has the attributes of a default agent, which every agent has too.
type common struct {
	ID            types.String  `tfsdk:"id"`
	ChatbotID     types.String  `tfsdk:"chatbot_id"`
	Name          types.String  `tfsdk:"name"`
	Description   types.String  `tfsdk:"description"`
	Prompt        types.String  `tfsdk:"prompt"`
	PromptSHA256  types.String  `tfsdk:"prompt_sha256"`
	Enabled       types.Bool    `tfsdk:"enabled"`
	Model         types.String  `tfsdk:"model"`
	Temperature   types.Float64 `tfsdk:"temperature"`
	Bias          types.Float64 `tfsdk:"bias"`
	Stickiness    types.Float64 `tfsdk:"stickiness"`
	UseAllSources types.Bool    `tfsdk:"use_all_sources"`
	SourceIDs     types.Set     `tfsdk:"source_ids"`
	Variables     types.List    `tfsdk:"variables"`
	CreatedAt     types.String  `tfsdk:"created_at"`
	ModifiedAt    types.String  `tfsdk:"modified_at"`
}

// model is an agent of any type, in the resource and in the data sources.
type model struct {
	common
	Type                    types.String `tfsdk:"type"`
	DefaultMessage          types.String `tfsdk:"default_message"`
	Tags                    types.List   `tfsdk:"tags"`
	HumanEscalationSettings types.Object `tfsdk:"human_escalation_settings"`
}

type identity struct {
	ChatbotID types.String `tfsdk:"chatbot_id"`
	ID        types.String `tfsdk:"id"`
}

func (c *common) identity() identity { return identity{c.ChatbotID, c.ID} }

func (c *common) chatbot() hub.ID { return hub.ID(c.ChatbotID.ValueString()) }

func (c *common) hubID() hub.ID { return hub.ID(c.ID.ValueString()) }

// object returns the name and the ids of the agent for messages.
func (c *common) object() string {
	if c.ID.IsNull() || c.ID.IsUnknown() {
		return fmt.Sprintf("%q of chatbot %s", c.Name.ValueString(), c.ChatbotID.ValueString())
	}
	return fmt.Sprintf("%q (%s) of chatbot %s", c.Name.ValueString(), c.ID.ValueString(), c.ChatbotID.ValueString())
}

// failure returns the report of an error about this agent.
func (c *common) failure(doing string) base.Failure {
	return base.Failure{Doing: doing, Noun: "agent", Object: c.object(), Attribute: attribute, Import: []string{"aichatbothub_agent", c.ChatbotID.ValueString()}}
}

// attribute returns the attribute of a body's field.
func attribute(loc []string) (path.Path, bool) {
	if loc[0] == "type" {
		return path.Root("type"), true
	}
	for _, f := range fields {
		if f.setting == loc[0] {
			return path.Root(f.attribute), true
		}
	}
	return path.Empty(), false
}

// full returns the model of a default agent, which is user-facing and has no settings of other types.
func (c common) full() model {
	return model{common: c, Type: types.StringValue(hub.UserFacing), DefaultMessage: types.StringNull(), Tags: types.ListNull(tagType),
		HumanEscalationSettings: types.ObjectNull(escalationTypes)}
}

// The types of nested values.
var (
	tagTypes      = map[string]attr.Type{"name": types.StringType, "criteria": types.StringType, "color": types.StringType}
	tagType       = types.ObjectType{AttrTypes: tagTypes}
	variableTypes = map[string]attr.Type{"name": types.StringType, "description": types.StringType, "type": types.StringType,
		"example": types.StringType, "default_value": types.StringType, "static": types.BoolType}
	variableType    = types.ObjectType{AttrTypes: variableTypes}
	stringList      = types.ListType{ElemType: types.StringType}
	escalationTypes = map[string]attr.Type{"human_requested_message": types.StringType, "live_chat_start_announcement": types.StringType,
		"live_chat_end_announcement": types.StringType, "monitored_messages": stringList, "notifications_enabled": types.BoolType, "sound_enabled": types.BoolType}
)

// tag, variable and escalation are the nested values as Go structs.
type tag struct {
	Name     types.String `tfsdk:"name"`
	Criteria types.String `tfsdk:"criteria"`
	Color    types.String `tfsdk:"color"`
}

type variable struct {
	Name         types.String `tfsdk:"name"`
	Description  types.String `tfsdk:"description"`
	Type         types.String `tfsdk:"type"`
	Example      types.String `tfsdk:"example"`
	DefaultValue types.String `tfsdk:"default_value"`
	Static       types.Bool   `tfsdk:"static"`
}

type escalation struct {
	HumanRequestedMessage     types.String `tfsdk:"human_requested_message"`
	LiveChatStartAnnouncement types.String `tfsdk:"live_chat_start_announcement"`
	LiveChatEndAnnouncement   types.String `tfsdk:"live_chat_end_announcement"`
	MonitoredMessages         types.List   `tfsdk:"monitored_messages"`
	NotificationsEnabled      types.Bool   `tfsdk:"notifications_enabled"`
	SoundEnabled              types.Bool   `tfsdk:"sound_enabled"`
}
