package agent

import (
	"context"
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

var _ datasource.DataSourceWithConfigure = &ListDataSource{}

// NewListDataSource makes the data source aichatbothub_agents.
func NewListDataSource() datasource.DataSource { return &ListDataSource{} }

// ListDataSource is aichatbothub_agents: the agents of a chatbot.
type ListDataSource struct{ base.DataSource }

type listModel struct {
	ChatbotID types.String `tfsdk:"chatbot_id"`
	Type      types.String `tfsdk:"type"`
	NameRegex types.String `tfsdk:"name_regex"`
	Agents    []model      `tfsdk:"agents"`
}

var typeFilterText = "Gives only the agents of this type. " + typeText[len("What kind of agent it is. "):]

// Metadata implements datasource.DataSource.
func (d *ListDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_agents"
}

// Schema implements datasource.DataSource.
func (d *ListDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "The agents of a chatbot, all of them or those of one type or name.",
		Attributes: map[string]schema.Attribute{
			"chatbot_id": schema.StringAttribute{Required: true, Validators: []validator.String{base.UUID()}, MarkdownDescription: "The id of the chatbot."},
			"type":       schema.StringAttribute{Optional: true, Validators: []validator.String{stringvalidator.OneOf(hub.AgentTypes...)}, MarkdownDescription: typeFilterText},
			"name_regex": base.NameRegex("agents"),
			"agents": schema.ListNestedAttribute{Computed: true, MarkdownDescription: "The agents, oldest first; those of the same second by id.",
				NestedObject: schema.NestedAttributeObject{Attributes: readAttributes()}},
		},
	}
}

// Read implements datasource.DataSource.
func (d *ListDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	defer base.Recover(&resp.Diagnostics)
	var m listModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &m)...)
	if resp.Diagnostics.HasError() || !d.Ready(&resp.Diagnostics) {
		return
	}
	agents, ok := list(ctx, d.Hub, m.ChatbotID, &resp.Diagnostics)
	if !ok {
		return
	}
	pattern := regexp.MustCompile(m.NameRegex.ValueString()) // validated; null is the empty pattern, which matches everything
	m.Agents = []model{}
	for _, a := range agents {
		if pattern.MatchString(a.Name) && (m.Type.IsNull() || m.Type.ValueString() == a.Type) {
			m.Agents = append(m.Agents, listed(m.ChatbotID, a))
		}
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, m)...)
}

// readAttributes are the attributes of an agent that is only read.
func readAttributes() map[string]schema.Attribute {
	str := func(text string) schema.StringAttribute {
		return schema.StringAttribute{Computed: true, MarkdownDescription: text}
	}
	number := func(text string) schema.Float64Attribute {
		return schema.Float64Attribute{Computed: true, MarkdownDescription: text}
	}
	flag := func(text string) schema.BoolAttribute {
		return schema.BoolAttribute{Computed: true, MarkdownDescription: text}
	}
	nested := func(of string, names ...string) schema.NestedAttributeObject {
		attributes := map[string]schema.Attribute{}
		for _, name := range names {
			attributes[name] = str(nestedText[of+"."+name])
		}
		return schema.NestedAttributeObject{Attributes: attributes}
	}
	variables := nested("variables", "name", "description", "type", "example", "default_value")
	variables.Attributes["static"] = flag(nestedText["variables.static"])
	escalation := nested("human_escalation_settings", "human_requested_message", "live_chat_start_announcement", "live_chat_end_announcement").Attributes
	for _, name := range []string{"notifications_enabled", "sound_enabled"} {
		escalation[name] = flag(nestedText["human_escalation_settings."+name])
	}
	escalation["monitored_messages"] = schema.ListAttribute{Computed: true, ElementType: types.StringType, MarkdownDescription: nestedText["human_escalation_settings.monitored_messages"]}
	return map[string]schema.Attribute{
		"id": base.ReadID("agent"), "chatbot_id": str(chatbotText), "type": str(typeText), "name": str(nameText), "description": str(descriptionText),
		"prompt": str(promptText), "prompt_sha256": str(hashText), "enabled": flag(enabledText), "model": str(modelText + only("model")),
		"temperature": number(temperatureText + only("temperature")), "bias": number(biasText + only("bias")), "stickiness": number(stickinessText + only("stickiness")),
		"default_message": str(messageText + only("default_message")), "use_all_sources": flag(allSourcesText + only("use_all_sources")),
		"source_ids":                schema.SetAttribute{Computed: true, ElementType: types.StringType, MarkdownDescription: sourcesText + only("source_ids")},
		"variables":                 schema.ListNestedAttribute{Computed: true, MarkdownDescription: variablesText + only("variables"), NestedObject: variables},
		"tags":                      schema.ListNestedAttribute{Computed: true, MarkdownDescription: tagsText + only("tags"), NestedObject: nested("tags", "name", "criteria", "color")},
		"human_escalation_settings": schema.SingleNestedAttribute{Computed: true, MarkdownDescription: escalationText + only("human_escalation_settings"), Attributes: escalation},
		"created_at":                base.ReadCreatedAt("agent"), "modified_at": base.ReadModifiedAt("agent"),
	}
}
