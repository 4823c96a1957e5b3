package hub

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/consistency"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest"
)

// VariableTypes are the types of an agent's variables (api.md §3).
var VariableTypes = []string{"string", "number", "boolean"}

// MaxMonitoredMessages is how many messages a human-escalation agent can watch for (api.md §3).
const MaxMonitoredMessages = 10

// Agent is an agent in an answer (api.md §3). The answer to a create has fewer keys than a list; what an answer lacks is nil.
type Agent struct {
	Object
	Name                    string              `json:"name"`
	Type                    string              `json:"type"`
	Description             *string             `json:"description"`
	Prompt                  *string             `json:"prompt"`
	Enabled                 *Bool               `json:"enabled"`
	Meta                    AgentMeta           `json:"meta"`
	DataSourceUUIDs         *[]ID               `json:"data_source_uuids"`
	Variables               *[]AgentVariable    `json:"variables"`
	HumanEscalationSettings *EscalationSettings `json:"human_escalation_settings"`
	ToolFunctions           *[]ToolFunction     `json:"tool_functions"`
}

// AgentMeta holds the settings that a body has at its top level and an answer has under "meta". A setting that is nil is left out of a body.
type AgentMeta struct {
	Model          *string     `json:"model,omitempty"`
	Temperature    *Number     `json:"temperature,omitempty"`
	Bias           *Number     `json:"bias,omitempty"`
	Stickness      *Number     `json:"stickness,omitempty"` // the API's spelling
	DefaultMessage *string     `json:"default_message,omitempty"`
	Tags           *[]AgentTag `json:"tags,omitempty"`
	UseAllSources  *Bool       `json:"use_all_sources,omitempty"` // absent from answers until it is set, for an agent that was created over the API
}

// AgentTag is a label that a background agent puts on conversations that meet its criteria.
type AgentTag struct {
	Name     string `json:"name"`
	Criteria string `json:"criteria"`
	Color    string `json:"color"`
}

// AgentVariable is a value that a user-facing agent asks for or is given.
type AgentVariable struct {
	Name         string          `json:"name"`
	Description  string          `json:"description"`
	Type         string          `json:"type"`
	Example      string          `json:"example"`
	DefaultValue VariableDefault `json:"default_value"`
}

// VariableDefault is the initial value of a variable.
type VariableDefault struct {
	Content Text `json:"content"`
	Static  Flag `json:"static"`
}

// EscalationSettings are the settings of a human-escalation agent. Whether an update merges or replaces them is unknown, so they
// are sent whole (api.md §3).
type EscalationSettings struct {
	HumanRequestedMessage     *string   `json:"human_requested_message,omitempty"`
	LiveChatStartAnnouncement *string   `json:"live_chat_start_announcement,omitempty"`
	LiveChatEndAnnouncement   *string   `json:"live_chat_end_announcement,omitempty"`
	MonitoredMessages         *[]string `json:"monitored_messages,omitempty"`
	NotificationsEnabled      *Flag     `json:"notifications_enabled,omitempty"`
	SoundEnabled              *Flag     `json:"sound_enabled,omitempty"`
}

// Whole reports whether all members are set.
func (e *EscalationSettings) Whole() bool {
	return e.HumanRequestedMessage != nil && e.LiveChatStartAnnouncement != nil && e.LiveChatEndAnnouncement != nil &&
		e.MonitoredMessages != nil && e.NotificationsEnabled != nil && e.SoundEnabled != nil
}

// FillFrom sets the members that are nil to those of have, which may be nil.
func (e *EscalationSettings) FillFrom(have *EscalationSettings) {
	if have == nil {
		return
	}
	e.HumanRequestedMessage = cmp.Or(e.HumanRequestedMessage, have.HumanRequestedMessage)
	e.LiveChatStartAnnouncement = cmp.Or(e.LiveChatStartAnnouncement, have.LiveChatStartAnnouncement)
	e.LiveChatEndAnnouncement = cmp.Or(e.LiveChatEndAnnouncement, have.LiveChatEndAnnouncement)
	e.MonitoredMessages = cmp.Or(e.MonitoredMessages, have.MonitoredMessages)
	e.NotificationsEnabled = cmp.Or(e.NotificationsEnabled, have.NotificationsEnabled)
	e.SoundEnabled = cmp.Or(e.SoundEnabled, have.SoundEnabled)
}

// AgentSettings is the body of create and update. A nil field is left out: an update is a partial merge (api.md §4), and null is
// never sent. Type goes with a create only; Enabled, DataSourceUUIDs, Variables and HumanEscalationSettings with an update only.
type AgentSettings struct {
	Type        string  `json:"type,omitempty"`
	Name        *string `json:"name,omitempty"`
	Description *string `json:"description,omitempty"`
	Prompt      *string `json:"prompt,omitempty"`
	Enabled     *Bool   `json:"enabled,omitempty"`
	AgentMeta
	DataSourceUUIDs         *[]ID               `json:"data_source_uuids,omitempty"`
	Variables               *[]AgentVariable    `json:"variables,omitempty"`
	HumanEscalationSettings *EscalationSettings `json:"human_escalation_settings,omitempty"`
}

// Settings returns the settings that an answer shows. The type is not among them, because no update changes it.
func (a Agent) Settings() AgentSettings {
	name := &a.Name
	if a.IsUnreadable("name") {
		name = nil
	}
	return AgentSettings{Name: name, Description: a.Description, Prompt: a.Prompt, Enabled: a.Enabled, AgentMeta: a.Meta,
		DataSourceUUIDs: a.DataSourceUUIDs, Variables: a.Variables, HumanEscalationSettings: a.HumanEscalationSettings}
}

// Check implements rest.Checker. Tool functions without an id make the list of this agent's tool functions unreadable, and not the agent.
func (a *Agent) Check() error {
	if err := a.Object.Check(); err != nil {
		return err
	}
	if a.ToolFunctions == nil || *a.ToolFunctions == nil {
		return nil // null means the same as a missing key
	}
	functions := consistency.List[ToolFunction](*a.ToolFunctions)
	if functions.Check() != nil {
		a.ToolFunctions, a.Unreadable = nil, append(a.Unreadable, toolFunctionsField)
	}
	return nil
}

// Agents lists a chatbot's agents, in no guaranteed order.
func (c *Client) Agents(ctx context.Context, chatbot ID) ([]Agent, error) {
	return listIn(ctx, c, chatbot, c.agents(chatbot))
}

// Agent reads one agent of a chatbot, as it was at notBefore or later: a modified_at that the caller has seen, or "".
// If it does not exist, IsGone of the error is true.
func (c *Client) Agent(ctx context.Context, chatbot, id ID, notBefore string) (Agent, error) {
	return getIn(ctx, c, chatbot, c.agents(chatbot), id, notBefore)
}

// AgentsIncludingDefault lists a chatbot's agents. The service creates an agent with the chatbot, so an empty list may be behind (goals.md
// R5); it is sent again until it cannot be behind any more.
func (c *Client) AgentsIncludingDefault(ctx context.Context, bot Chatbot) ([]Agent, error) {
	var agents []Agent
	_, _, err := consistency.Current(ctx, c.agents(bot.ID), bot.CreatedAt, func() (oldest Object, found bool, err error) {
		agents, err = c.Agents(ctx, bot.ID)
		return Object{ModifiedAt: bot.CreatedAt}, len(agents) > 0, err
	})
	return agents, err
}

// CreateAgent creates an agent, which is disabled (api.md §3). The result has fewer values than a list.
func (c *Client) CreateAgent(ctx context.Context, chatbot ID, s AgentSettings) (Agent, error) {
	col := c.agents(chatbot)
	return consistency.CreateIn(ctx, col, consistency.Create[Agent]{Body: s, Matches: s.matches, Send: func() (Agent, error) {
		return consistency.Write(func() (Agent, error) {
			a, err := rest.Call[Agent](ctx, c.rest, rest.Create("/chatbot/{uuid}/agent/create", chatbot), s)
			c.recordAgents(chatbot, a)
			return a, err
		}, col)
	}})
}

// matches reports whether an agent can be the one that a create with these settings created.
func (s AgentSettings) matches(a Agent) bool {
	return matches(&s.Type, shown(a.Type)) && matchesText(s.Name, shown(a.Name)) && matchesText(s.Description, a.Description) && matchesText(s.Prompt, a.Prompt) && s.AgentMeta.matches(a.Meta)
}

// matches reports whether every setting that was sent and that an answer shows has the value that was sent. The service may trim texts and
// store numbers as 32-bit floats.
func (m AgentMeta) matches(shown AgentMeta) bool {
	return matchesText(m.Model, shown.Model) && matchesText(m.DefaultMessage, shown.DefaultMessage) && matches(m.UseAllSources, shown.UseAllSources) &&
		matchesNumber(m.Temperature, shown.Temperature) && matchesNumber(m.Bias, shown.Bias) && matchesNumber(m.Stickness, shown.Stickness) &&
		(m.Tags == nil || shown.Tags == nil || slices.EqualFunc(*m.Tags, *shown.Tags, AgentTag.matches))
}

// matches reports whether an answer shows a tag that was sent.
func (t AgentTag) matches(shown AgentTag) bool {
	return SameText(t.Name, shown.Name) && SameText(t.Criteria, shown.Criteria) && strings.EqualFold(t.Color, shown.Color)
}

// UpdateAgent changes the settings that s names. An edit of name, description or prompt makes the service regenerate its routing
// (api.md §4), so callers send only what changed.
func (c *Client) UpdateAgent(ctx context.Context, chatbot, id ID, s AgentSettings) (Agent, error) {
	return consistency.WriteObject(c.agents(chatbot), func() (Agent, error) {
		return rest.Call[Agent](ctx, c.rest, rest.Update("/agent/{uuid}/update", id), s)
	}, Agent.complete)
}

// DeleteAgent deletes an agent with its tool functions.
func (c *Client) DeleteAgent(ctx context.Context, chatbot, id ID) error {
	return consistency.Deleting(c.shared, agentsOf(chatbot), id, func() error {
		_, err := consistency.Write(func() (empty, error) {
			return rest.Call[empty](ctx, c.rest, rest.Delete("/agent/{uuid}/delete", id), nil)
		}, c.agents(chatbot))
		return consistency.Deleted(err, func() error { _, err := c.Agent(ctx, chatbot, id, ""); return err })
	})
}

// agentsOf is the group of deletes of a chatbot's agents.
type agentsOf ID

// AwaitAgentDelete waits until this process has deleted an agent, as long as it deletes agents of its chatbot, and reports whether it has.
func (c *Client) AwaitAgentDelete(ctx context.Context, chatbot, id ID) bool {
	return consistency.AwaitDelete(ctx, c.shared, agentsOf(chatbot), id)
}

// HasAgentDeletes reports whether this process has begun to delete an agent of a chatbot.
func (c *Client) HasAgentDeletes(chatbot ID) bool {
	return consistency.HasDeletes(c.shared, agentsOf(chatbot))
}

// complete reports whether the answer has all that a list has.
func (a Agent) complete() bool {
	return a.DataSourceUUIDs != nil && a.ToolFunctions != nil && a.Enabled != nil
}

// agents returns the collection of a chatbot's agents. It includes the tool functions, which the service lists in their agents.
func (c *Client) agents(chatbot ID) *consistency.Collection[Agent] {
	r := rest.Get("/chatbot/{uuid}/agents", chatbot)
	return consistency.CollectionFrom(c.shared, r, c.listAgents(chatbot, r))
}
