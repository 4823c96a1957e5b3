package snapshot

import (
	"strings"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/account"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// agents returns the agents of a chatbot. keys are the keys of its sources.
func (d *Document) agents(b *account.Bot, keys sourceKeys) []any {
	var all []object
	for _, a := range b.Agents {
		all = append(all, d.agent(a, keys))
	}
	return sorted(all, "name")
}

// agent returns an agent with the settings that its type has, under the names of the attributes of Terraform.
func (d *Document) agent(a hub.Agent, keys sourceKeys) object {
	o := object{"name": hub.NormalText(a.Name), "type": a.Type}
	set := func(setting, attribute string, v any) {
		if hub.MayHaveSetting(a.Type, setting) {
			put(o, attribute, v)
		}
	}
	m := a.Meta
	set("description", "description", text(a.Description))
	set("prompt", "prompt", text(a.Prompt))
	set("enabled", "enabled", flag(a.Enabled))
	set("model", "model", text(m.Model))
	set("temperature", "temperature", number(m.Temperature))
	set("bias", "bias", number(m.Bias))
	set("stickness", "stickiness", number(m.Stickness))
	set("default_message", "default_message", text(m.DefaultMessage))
	set("use_all_sources", "use_all_sources", a.UsesAllSources())
	set("variables", "variables", variables(a.Variables))
	set("tags", "tags", agentTags(m.Tags))
	set("human_escalation_settings", "human_escalation_settings", escalation(a.HumanEscalationSettings))
	if hub.MayHaveSetting(a.Type, "data_source_uuids") && !a.UsesAllSources() { // the service ignores the list otherwise
		keys.putIn(o, a.DataSourceUUIDs)
	}
	put(o, "tool_functions", d.toolFunctions(a))
	d.unread(Ref{Kind: Agent, Name: hub.NormalText(a.Name)}, o, described("agent", a.Name, a.ID), a.Unreadable, func(field string) bool {
		setting, _, _ := strings.Cut(strings.TrimPrefix(field, "meta."), ".")
		return !isTime(field) && hub.MayHaveSetting(a.Type, setting)
	})
	return o
}

// variables returns the variables of an agent, in their order: it is part of the setting.
func variables(all *[]hub.AgentVariable) []any {
	var values []any
	if all == nil {
		return values
	}
	for _, v := range *all {
		o := object{"name": hub.NormalText(v.Name), "type": v.Type, "static": bool(v.DefaultValue.Static)}
		put(o, "description", hub.NormalText(v.Description))
		put(o, "example", hub.NormalText(v.Example))
		put(o, "default_value", hub.NormalText(string(v.DefaultValue.Content)))
		values = append(values, o)
	}
	return values
}

// agentTags returns the tags of an agent, in their order.
func agentTags(all *[]hub.AgentTag) []any {
	var values []any
	if all == nil {
		return values
	}
	for _, t := range *all {
		o := object{"name": hub.NormalText(t.Name)}
		put(o, "criteria", hub.NormalText(t.Criteria))
		put(o, "color", strings.ToLower(t.Color))
		values = append(values, o)
	}
	return values
}

// escalation returns the settings of a human-escalation agent.
func escalation(e *hub.EscalationSettings) object {
	o := object{}
	if e == nil {
		return o
	}
	put(o, "human_requested_message", text(e.HumanRequestedMessage))
	put(o, "live_chat_start_announcement", text(e.LiveChatStartAnnouncement))
	put(o, "live_chat_end_announcement", text(e.LiveChatEndAnnouncement))
	if e.MonitoredMessages != nil {
		var messages []string
		for _, message := range *e.MonitoredMessages {
			messages = append(messages, hub.NormalText(message))
		}
		put(o, "monitored_messages", list(messages))
	}
	put(o, "notifications_enabled", flag(e.NotificationsEnabled))
	put(o, "sound_enabled", flag(e.SoundEnabled))
	return o
}
