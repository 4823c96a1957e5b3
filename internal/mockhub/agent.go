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

// Agent is a stored agent (api.md §3). What is a pointer is nil until somebody has set it: its key is absent from answers.
type Agent struct {
	UUID, ChatbotUUID               string
	Name, Type, Description, Prompt string
	Enabled, UseAllSources          bool
	// UseAllSourcesUnset says that nobody has set UseAllSources yet: while that is false, its key is absent from answers.
	UseAllSourcesUnset bool
	Model              string
	Temperature        float64
	Bias, Stickness    *float64
	DefaultMessage     *string
	Tags               []AgentTag
	// DataSourceUUIDs are the sources to use; answers show none of them while UseAllSources is true.
	DataSourceUUIDs         []string
	Variables               []Variable
	HumanEscalationSettings *EscalationSettings // nil for other types than human-escalation
	CreatedAt, ModifiedAt   time.Time

	// Default marks the agent that came with the chatbot. No answer shows it.
	Default bool
	// Rebuilds counts the updates through the API that had a name, a description or a prompt in them, the same as before
	// or not: each makes the service regenerate its routing intents (api.md §4). No answer shows it.
	Rebuilds int
	// Functions are the agent's tool functions, oldest first. They are stored apart, and are here only in what Agents and
	// Agent return and AddAgent takes.
	Functions []Function `json:"-"`
}

// AgentTag is a tag that a background agent may put on a session. Color is #RRGGBB.
type AgentTag struct{ Name, Criteria, Color string }

// Variable is a variable that a user-facing agent collects. Content and Static are its default_value.
type Variable struct {
	Name, Description, Type, Example, Content string
	Static                                    bool
}

// EscalationSettings are the settings that human-escalation agents have and others have not.
type EscalationSettings struct {
	HumanRequestedMessage, LiveChatStartAnnouncement, LiveChatEndAnnouncement string
	MonitoredMessages                                                         []string
	NotificationsEnabled, SoundEnabled                                        bool
}

// takes reports whether agents of a type have a setting (the table in api.md §3).
func takes(agentType, setting string) bool {
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

// defaultAgent is the agent that the service makes with each chatbot. Nothing in an answer marks it (api.md §3).
func defaultAgent(b Chatbot) Agent {
	return Agent{
		UUID: newUUID(), ChatbotUUID: b.UUID, Name: "General Q&A", Type: userFacing,
		Description: "Answers general questions.", Prompt: "You are a helpful assistant.",
		Enabled: true, UseAllSources: true, Model: defaultModel, CreatedAt: b.CreatedAt, ModifiedAt: b.CreatedAt,
		Default: true,
	}
}

// fill gives a new agent what its type has by default.
func (a *Agent) fill() {
	if takes(a.Type, "model") && a.Model == "" {
		a.Model = defaultModel
	}
	if takes(a.Type, "human_escalation_settings") && a.HumanEscalationSettings == nil {
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

// clone returns a copy that shares nothing with a.
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
