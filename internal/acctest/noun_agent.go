package acctest

import (
	"fmt"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

var agent = Noun{
	Type: "agent",
	Add: func(e *Env, chatbot string) string {
		return chatbot + "/" + e.AddAgent(chatbot, mockhub.Agent{Temperature: 0.3})
	},
	Remove: func(e *Env, id string) bool { return e.RemoveAgent(id) },
	IDs: func(e *Env, chatbot string) []string {
		var ids []string
		for _, a := range e.Agents(chatbot) {
			if !a.Default {
				ids = append(ids, a.UUID)
			}
		}
		return ids
	},
	ListRoute:    "GET /chatbot/{uuid}/agents",
	ReadFromList: true,
	Create:       map[string]any{"chatbot_id": nil, "type": "user-facing", "name": "Expert", "enabled": true},
	Update:       map[string]any{"name": "Novice"},
	Costs: []NounCost{
		{What: "create", Create: map[string]any{"chatbot_id": nil, "type": "user-facing", "name": "Expert"}},
		{What: "create with `enabled = false`", Create: map[string]any{"chatbot_id": nil, "type": "user-facing", "name": "Expert", "enabled": false}},
		{What: "create with a `model`", Create: map[string]any{"chatbot_id": nil, "type": "user-facing", "name": "Expert", "model": "gpt-4o-8k"}},
		{What: "update", Create: map[string]any{"chatbot_id": nil, "type": "user-facing", "name": "Expert"}, Update: map[string]any{"prompt": "Be kind."}},
	},
	Updates: []NounUpdates{
		updatesOf("user-facing", with(userFacingUpdates, allSourcesUpdate)),
		updatesOf("background", agentUpdates(promptUpdate, modelUpdate, tagsUpdate)),
		updatesOf("human-escalation", agentUpdates(biasUpdate, stickyUpdate, settingsUpdate)),
		updatesOf("pre-canned", agentUpdates(promptUpdate, biasUpdate, stickyUpdate, messageUpdate)),
		updatesOf("spam-defense", agentUpdates(promptUpdate, biasUpdate, stickyUpdate, messageUpdate)),
	},
	List: &NounList{DefaultAgents: true},
	Canaries: map[string]map[string]any{
		"user-facing": {"chatbot_id": nil, "type": "user-facing", "name": "A", "description": canaries, "prompt": canaries,
			"variables": []any{map[string]any{"name": "v", "type": "string", "description": canaries, "example": Canary, "default_value": Canary + "-2"}}},
		"pre-canned": {"chatbot_id": nil, "type": "pre-canned", "name": "A", "default_message": canaries},
		"background": {"chatbot_id": nil, "type": "background", "name": "A", "tags": []any{map[string]any{"name": "t", "criteria": canaries, "color": "#0071F9"}}},
		"escalation": {"chatbot_id": nil, "type": "human-escalation", "name": "A", "human_escalation_settings": map[string]any{"human_requested_message": canaries, "monitored_messages": []any{Canary}}},
	},
	Examples: NounExamples{
		Import: func(e *Env, id string, values map[string]any, remain func()) {
			chatbot := e.AddChatbot(mockhub.Chatbot{UUID: parents(id)})
			remain()
			e.AddAgent(chatbot, mockhub.Agent{UUID: LastID(id), Type: fmt.Sprint(values["type"]), Name: fmt.Sprint(values["name"]), Enabled: values["enabled"] == true})
		},
		// "General Q&A" comes with every chatbot, and the models with the service.
		Data: map[string]func(e *Env, id, name string){"agent": addNothing, "agents": addNothing, "models": addNothing},
		List: func(e *Env, chatbot string) { e.AddAgent(chatbot, mockhub.Agent{Type: "background"}) },
	},
	Generated: map[string]func(e *Env, chatbot string) string{
		"default agent as an agent": func(e *Env, _ string) string {
			bot := e.AddChatbot(mockhub.Chatbot{})
			return bot + "/" + e.DefaultAgent(bot)
		},
		"user-facing agent of some sources": addAgent(mockhub.Agent{Prompt: "Be kind.\r\n\r\n\tAnd  short.\n", Enabled: true, Temperature: 0.3, Bias: new(-10.0), Stickness: new(0.5),
			Variables: []mockhub.Variable{{Name: "user_email", Description: "Who?", Type: "string", Example: "a@example.com"}, {Name: "vip", Type: "boolean", Content: "false", Static: true}}}, true),
		"user-facing agent of all sources": addAgent(mockhub.Agent{UseAllSources: true}, true),
		"user-facing agent of no sources":  addAgent(mockhub.Agent{UseAllSourcesUnset: true}, false),
		"background agent":                 addAgent(mockhub.Agent{Type: "background", Tags: []mockhub.AgentTag{{Name: "billing", Criteria: "About money.", Color: "#0071f9"}}}, false),
		"background agent without tags":    addAgent(mockhub.Agent{Type: "background"}, false),
		"human-escalation agent": addAgent(mockhub.Agent{Type: "human-escalation",
			HumanEscalationSettings: &mockhub.EscalationSettings{HumanRequestedMessage: "One moment.", MonitoredMessages: []string{"help"}, SoundEnabled: true}}, false),
		"pre-canned agent":   addAgent(mockhub.Agent{Type: "pre-canned", DefaultMessage: new("We are closed.")}, false),
		"spam-defense agent": addAgent(mockhub.Agent{Type: "spam-defense"}, false),
	},
}

var defaultAgent = Noun{
	Type: "default_agent",
	Add:  func(e *Env, chatbot string) string { return chatbot + "/" + e.DefaultAgent(chatbot) },
	IDs: func(e *Env, chatbot string) []string {
		var ids []string
		for _, a := range e.Agents(chatbot) {
			if a.Default {
				ids = append(ids, a.UUID)
			}
		}
		return ids
	},
	ListRoute:    "GET /chatbot/{uuid}/agents",
	ReadFromList: true,
	Create:       map[string]any{"chatbot_id": nil, "name": "Answers"},
	Update:       map[string]any{"name": "Replies"},
	Updates: []NounUpdates{{Base: map[string]string{"chatbot_id": `"CHATBOT"`}, Other: []string{"chatbot_id"}, Changes: with(userFacingUpdates, NounUpdate{Attribute: allSourcesUpdate.Attribute,
		First: allSourcesUpdate.Second, FirstUnknown: allSourcesUpdate.SecondUnknown, Second: allSourcesUpdate.First, SecondUnknown: allSourcesUpdate.FirstUnknown})}},
	Canaries: map[string]map[string]any{"a default agent": {"chatbot_id": nil, "prompt": canaries, "description": Canary}},
	Examples: NounExamples{
		Import: func(e *Env, id string, _ map[string]any, remain func()) {
			chatbot := e.AddChatbot(mockhub.Chatbot{UUID: parents(id)})
			e.AddAgent(chatbot, mockhub.Agent{UUID: LastID(id), Enabled: true, UseAllSources: true})
			remain()
		},
	},
	Generated: map[string]func(e *Env, chatbot string) string{
		"default agent": func(e *Env, chatbot string) string { return chatbot + "/" + e.DefaultAgent(chatbot) },
	},
}

// addNothing is for data sources whose objects exist anyway.
func addNothing(*Env, string, string) {}

// addAgent returns a function that adds an agent, with a source if it is to have one.
func addAgent(a mockhub.Agent, source bool) func(*Env, string) string {
	return func(e *Env, chatbot string) string {
		a := a // parallel tests share the table
		if source {
			a.DataSourceUUIDs = []string{e.AddSource(chatbot, mockhub.Source{})}
		}
		return chatbot + "/" + e.AddAgent(chatbot, a)
	}
}
