package properties_test

import (
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"pgregory.net/rapid"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

var agentFacts = facts{
	edits: with(agentEdits, map[string]edit{
		"default_message":           agent(func(a *mockhub.Agent) { a.DefaultMessage = new("Somebody else's.") }),
		"tags":                      agent(func(a *mockhub.Agent) { a.Tags = append(a.Tags, mockhub.AgentTag{Name: "n", Color: "#123456"}) }),
		"tags.name":                 label(func(l *mockhub.AgentTag) { l.Name += " 2" }),
		"tags.criteria":             label(func(l *mockhub.AgentTag) { l.Criteria += " 2" }),
		"tags.color":                label(func(l *mockhub.AgentTag) { l.Color = "#123456" }),
		"human_escalation_settings": escalation(func(s *mockhub.EscalationSettings) { s.HumanRequestedMessage, s.SoundEnabled = "n", !s.SoundEnabled }),
		"human_escalation_settings.human_requested_message":      escalation(func(s *mockhub.EscalationSettings) { s.HumanRequestedMessage += " 2" }),
		"human_escalation_settings.live_chat_start_announcement": escalation(func(s *mockhub.EscalationSettings) { s.LiveChatStartAnnouncement += " 2" }),
		"human_escalation_settings.live_chat_end_announcement":   escalation(func(s *mockhub.EscalationSettings) { s.LiveChatEndAnnouncement += " 2" }),
		"human_escalation_settings.monitored_messages":           escalation(func(s *mockhub.EscalationSettings) { s.MonitoredMessages = []string{"Somebody else's."} }),
		"human_escalation_settings.notifications_enabled":        escalation(func(s *mockhub.EscalationSettings) { s.NotificationsEnabled = !s.NotificationsEnabled }),
		"human_escalation_settings.sound_enabled":                escalation(func(s *mockhub.EscalationSettings) { s.SoundEnabled = !s.SoundEnabled }),
	}),
	unchangeable: map[string]string{
		"type": "fixed at creation",
	},
	specials: map[string]special{
		"chatbot_id":     sharedChatbot,
		"type":           one(strings.Fields(agentTypes)...),
		"model":          one(strings.Fields(modelNames)...),
		"source_ids":     sources,
		"variables.type": one("string", "number", "boolean"),
		"tags.color":     one(strings.Fields(colors)...),
	},
	fit: fitAgent,
	example: func(e example) map[string]tftypes.Value {
		return map[string]tftypes.Value{"chatbot_id": str(e.chatbot), "name": str("Orders"), "description": str("Orders."), "prompt": str("Help."), "enabled": yes(true),
			"model": str("gpt-4o-8k"), "temperature": number("0.3"), "bias": number("0.1"), "stickiness": number("0.2"), "default_message": str("Sorry."), "use_all_sources": yes(true),
			"source_ids": texts(e.types["source_ids"], e.sources...),
			"variables": e.only("variables", map[string]tftypes.Value{"name": str("email"), "description": str("It."), "type": str("string"), "example": str("a@b"),
				"default_value": str("x"), "static": yes(true)}),
			"tags": e.only("tags", map[string]tftypes.Value{"name": str("angry"), "criteria": str("Shouts."), "color": str("#0071F9")}),
			"human_escalation_settings": e.only("human_escalation_settings", map[string]tftypes.Value{"human_requested_message": str("Wait."), "live_chat_start_announcement": str("Here."),
				"live_chat_end_announcement": str("Gone."), "monitored_messages": texts(e.types["human_escalation_settings.monitored_messages"], "human"),
				"notifications_enabled": yes(true), "sound_enabled": yes(false)})}
	},
}

var defaultAgentFacts = facts{
	edits: agentEdits,
	specials: map[string]special{
		"chatbot_id":     sharedChatbot,
		"name":           drawn(solid),
		"model":          one(strings.Fields(modelNames)...),
		"source_ids":     sources,
		"variables.type": one("string", "number", "boolean"),
	},
	fit: func(_ *fixture, _ *rapid.T, values map[string]tftypes.Value) { fitSources(values) },
	example: func(e example) map[string]tftypes.Value {
		return map[string]tftypes.Value{"chatbot_id": str(e.chatbot), "name": str("Orders"), "description": str("Orders."), "prompt": str("Help."), "enabled": yes(true),
			"model": str("gpt-4o-8k"), "temperature": number("0.3"), "bias": number("0.1"), "stickiness": number("0.2"), "default_message": str("Sorry."), "use_all_sources": yes(true),
			"source_ids": texts(e.types["source_ids"], e.sources...),
			"variables": e.only("variables", map[string]tftypes.Value{"name": str("email"), "description": str("It."), "type": str("string"), "example": str("a@b"),
				"default_value": str("x"), "static": yes(true)}),
			"tags": e.only("tags", map[string]tftypes.Value{"name": str("angry"), "criteria": str("Shouts."), "color": str("#0071F9")}),
			"human_escalation_settings": e.only("human_escalation_settings", map[string]tftypes.Value{"human_requested_message": str("Wait."), "live_chat_start_announcement": str("Here."),
				"live_chat_end_announcement": str("Gone."), "monitored_messages": texts(e.types["human_escalation_settings.monitored_messages"], "human"),
				"notifications_enabled": yes(true), "sound_enabled": yes(false)})}
	},
}

func agent(f func(*mockhub.Agent)) edit {
	return func(h *mockhub.Hub, id string) bool { return h.EditAgent(id, f) }
}

func variable(f func(*mockhub.Variable)) edit {
	return agent(func(a *mockhub.Agent) {
		if len(a.Variables) > 0 {
			f(&a.Variables[0])
		}
	})
}

func label(f func(*mockhub.AgentTag)) edit {
	return agent(func(a *mockhub.Agent) {
		if len(a.Tags) > 0 {
			f(&a.Tags[0])
		}
	})
}

func escalation(f func(*mockhub.EscalationSettings)) edit {
	return agent(func(a *mockhub.Agent) {
		if a.HumanEscalationSettings != nil {
			f(a.HumanEscalationSettings)
		}
	})
}

// agentEdits are the edits of agents and of default agents.
var agentEdits = map[string]edit{
	"name":            agent(func(a *mockhub.Agent) { a.Name += " 2" }),
	"description":     agent(func(a *mockhub.Agent) { a.Description += " 2" }),
	"prompt":          agent(func(a *mockhub.Agent) { a.Prompt += " 2" }),
	"prompt_sha256":   agent(func(a *mockhub.Agent) { a.Prompt += " 3" }),
	"enabled":         agent(func(a *mockhub.Agent) { a.Enabled = !a.Enabled }),
	"model":           agent(func(a *mockhub.Agent) { a.Model = other(a.Model, "gpt-4o-8k", "gpt-5-8k") }),
	"temperature":     agent(func(a *mockhub.Agent) { a.Temperature = 0.9 }),
	"bias":            agent(func(a *mockhub.Agent) { a.Bias = new(0.95) }),
	"stickiness":      agent(func(a *mockhub.Agent) { a.Stickness = new(0.9) }),
	"use_all_sources": agent(func(a *mockhub.Agent) { a.UseAllSources, a.UseAllSourcesUnset = !a.UseAllSources, false }),
	"source_ids": agent(func(a *mockhub.Agent) {
		a.UseAllSources, a.UseAllSourcesUnset = false, false
		a.DataSourceUUIDs = a.DataSourceUUIDs[:len(a.DataSourceUUIDs)/2]
	}),
	"variables":               agent(func(a *mockhub.Agent) { a.Variables = append(a.Variables, mockhub.Variable{Name: "n", Type: "string"}) }),
	"variables.name":          variable(func(v *mockhub.Variable) { v.Name += "2" }),
	"variables.description":   variable(func(v *mockhub.Variable) { v.Description += "2" }),
	"variables.type":          variable(func(v *mockhub.Variable) { v.Type = other(v.Type, "string", "number") }),
	"variables.example":       variable(func(v *mockhub.Variable) { v.Example += "2" }),
	"variables.default_value": variable(func(v *mockhub.Variable) { v.Content += "2" }),
	"variables.static":        variable(func(v *mockhub.Variable) { v.Static = !v.Static }),
	"created_at":              agent(func(a *mockhub.Agent) { a.CreatedAt = past }),
	"modified_at":             agent(func(a *mockhub.Agent) { a.ModifiedAt = past }),
}

// notFor has the attributes that a type of agent does not have (api.md §3).
var notFor = map[string]string{
	"user-facing":      "default_message tags human_escalation_settings",
	"background":       "temperature bias stickiness default_message use_all_sources source_ids variables human_escalation_settings",
	"human-escalation": "prompt model temperature default_message tags use_all_sources source_ids variables",
	"pre-canned":       "model temperature tags use_all_sources source_ids variables human_escalation_settings",
	"spam-defense":     "model temperature tags use_all_sources source_ids variables human_escalation_settings",
}

func fitAgent(_ *fixture, _ *rapid.T, values map[string]tftypes.Value) {
	var agentType string
	if err := values["type"].As(&agentType); err != nil {
		panic(err)
	}
	for name := range strings.FieldsSeq(notFor[agentType]) {
		delete(values, name)
	}
	fitSources(values)
}

// fitSources keeps one of two attributes that exclude each other.
func fitSources(values map[string]tftypes.Value) {
	if _, both := values["source_ids"]; both {
		delete(values, "use_all_sources")
	}
}
