package mockhub

import (
	"slices"
	"time"
)

// The types of agents (api.md §3).
const (
	userFacing      = "user-facing"
	background      = "background"
	humanEscalation = "human-escalation"
	preCanned       = "pre-canned"
	spamDefense     = "spam-defense"
)

func agentTypes() []string {
	return []string{userFacing, background, humanEscalation, preCanned, spamDefense}
}

// Agent is a stored agent (api.md §3). A pointer is nil until the setting has been set, and its key is absent from answers.
type Agent struct {
	UUID, ChatbotUUID               string
	Name, Type, Description, Prompt string
	Enabled, UseAllSources          bool
	// UseAllSourcesUnset is true until UseAllSources is set. If it is false, its key is then absent from answers.
	UseAllSourcesUnset bool
	Model              string
	Temperature        float64
	Bias, Stickness    *float64
	DefaultMessage     *string
	Tags               []AgentTag
	// DataSourceUUIDs are the sources to use. The list is empty in answers while UseAllSources is true.
	DataSourceUUIDs         []string
	Variables               []Variable
	HumanEscalationSettings *EscalationSettings // nil for other types than human-escalation
	CreatedAt, ModifiedAt   time.Time

	// Default is true if the agent was created with the chatbot. It is not in answers.
	Default bool
	// Rebuilds counts the updates through the API that contained a name, a description or a prompt, changed or not. Each
	// makes the service regenerate its routing intents (api.md §4). It is not in answers.
	Rebuilds int
	// Functions are the agent's tool functions, oldest first. They are set only in the results of Agents and Agent and in
	// the argument of AddAgent.
	Functions []Function `json:"-"`
}

// AgentTag is a tag that a background agent may put on a session. Color is #RRGGBB.
type AgentTag struct{ Name, Criteria, Color string }

// Variable is a variable that a user-facing agent collects. Content and Static are its default_value.
type Variable struct {
	Name, Description, Type, Example, Content string
	Static                                    bool
}

// EscalationSettings are settings of human-escalation agents.
type EscalationSettings struct {
	HumanRequestedMessage, LiveChatStartAnnouncement, LiveChatEndAnnouncement string
	MonitoredMessages                                                         []string
	NotificationsEnabled, SoundEnabled                                        bool
}

// hasSetting reports whether agents of a type have a setting (the table in api.md §3).
func hasSetting(agentType, setting string) bool {
	switch setting {
	case "model":
		return agentType == userFacing || agentType == background
	case "temperature", "use_all_sources", "data_source_uuids", "variables":
		return agentType == userFacing
	case "bias", "stickness":
		return agentType != background
	case "default_message":
		return agentType == preCanned || agentType == spamDefense
	case "tags":
		return agentType == background
	case "human_escalation_settings":
		return agentType == humanEscalation
	}
	return true
}

// defaultAgent is the agent that the service creates with each chatbot. Answers do not tell it from others (api.md §3).
func defaultAgent(b Chatbot) Agent {
	return Agent{
		UUID: newUUID(), ChatbotUUID: b.UUID, Name: "General Q&A", Type: userFacing,
		Description: "Answers general questions.", Prompt: "You are a helpful assistant.",
		Enabled: true, UseAllSources: true, Model: defaultModel, CreatedAt: b.CreatedAt, ModifiedAt: b.CreatedAt,
		Default: true,
	}
}

// setDefaults sets the default values of settings that agents of this type have.
func (a *Agent) setDefaults() {
	if hasSetting(a.Type, "model") && a.Model == "" {
		a.Model = defaultModel
	}
	if hasSetting(a.Type, "human_escalation_settings") && a.HumanEscalationSettings == nil {
		a.HumanEscalationSettings = new(escalationDefaults())
	}
}

func escalationDefaults() EscalationSettings {
	return EscalationSettings{
		HumanRequestedMessage:     "A member of our team will be with you shortly.",
		LiveChatStartAnnouncement: "You are now talking to a person.",
		LiveChatEndAnnouncement:   "The live chat has ended.",
		NotificationsEnabled:      true, SoundEnabled: true,
	}
}

// clone returns a copy that shares no memory with a.
func (a Agent) clone() Agent {
	a.Bias, a.Stickness, a.DefaultMessage = clonePointer(a.Bias), clonePointer(a.Stickness), clonePointer(a.DefaultMessage)
	a.Tags, a.Variables = slices.Clone(a.Tags), slices.Clone(a.Variables)
	a.DataSourceUUIDs = slices.Clone(a.DataSourceUUIDs)
	if a.HumanEscalationSettings != nil {
		s := *a.HumanEscalationSettings
		s.MonitoredMessages = slices.Clone(s.MonitoredMessages)
		a.HumanEscalationSettings = &s
	}
	return a
}

func clonePointer[T any](p *T) *T {
	if p == nil {
		return nil
	}
	return new(*p)
}
