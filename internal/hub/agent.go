package hub

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
)

// The types of agents (api.md §3).
const (
	UserFacing      = "user-facing"
	Background      = "background"
	HumanEscalation = "human-escalation"
	PreCanned       = "pre-canned"
	SpamDefense     = "spam-defense"
)

// AgentTypes are the values of an agent's type (api.md §3).
var AgentTypes = []string{UserFacing, Background, HumanEscalation, PreCanned, SpamDefense}

// SingletonAgentTypes are the types of which a chatbot has one agent at most (api.md §3).
var SingletonAgentTypes = []string{HumanEscalation, SpamDefense}

// MadeTogether is how far the creation of a chatbot and of its default agent may lie apart, by the service's own clock (api.md §3).
const MadeTogether = 5 * time.Second

// VariableTypes are the types of an agent's variables (api.md §3).
var VariableTypes = []string{"string", "number", "boolean"}

// MaxMonitoredMessages is how many messages a human-escalation agent can watch for (api.md §3).
const MaxMonitoredMessages = 10

// Agent is an agent as the service answers it (api.md §3). A create answers fewer keys than a list; what an answer lacks is nil.
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

// AgentMeta are the settings that are written at top level and come back under meta.
type AgentMeta struct {
	Model          *string     `json:"model"`
	Temperature    *Number     `json:"temperature"`
	Bias           *Number     `json:"bias"`
	Stickness      *Number     `json:"stickness"` // the API's spelling
	DefaultMessage *string     `json:"default_message"`
	Tags           *[]AgentTag `json:"tags"`
	UseAllSources  *Bool       `json:"use_all_sources"` // absent until set on agents made over the API
}

// AgentTag is a label that a background agent puts on conversations that meet its criteria.
type AgentTag struct {
	Name     string `json:"name"`
	Criteria string `json:"criteria"`
	Color    string `json:"color"`
}

// AgentVariable is something a user-facing agent asks for or knows. Static is 0 or 1 on the wire.
type AgentVariable struct {
	Name         string          `json:"name"`
	Description  string          `json:"description"`
	Type         string          `json:"type"`
	Example      string          `json:"example"`
	DefaultValue VariableDefault `json:"default_value"`
}

// VariableDefault is a variable's value before anybody gave one.
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

// Whole says whether no member is left out.
func (e *EscalationSettings) Whole() bool {
	return e.HumanRequestedMessage != nil && e.LiveChatStartAnnouncement != nil && e.LiveChatEndAnnouncement != nil &&
		e.MonitoredMessages != nil && e.NotificationsEnabled != nil && e.SoundEnabled != nil
}

// FillFrom takes over from have the members that are left out. have may be nil.
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
	Type                    string              `json:"type,omitempty"`
	Name                    *string             `json:"name,omitempty"`
	Description             *string             `json:"description,omitempty"`
	Prompt                  *string             `json:"prompt,omitempty"`
	Enabled                 *bool               `json:"enabled,omitempty"`
	Model                   *string             `json:"model,omitempty"`
	Temperature             *float64            `json:"temperature,omitempty"`
	Bias                    *float64            `json:"bias,omitempty"`
	Stickness               *float64            `json:"stickness,omitempty"`
	DefaultMessage          *string             `json:"default_message,omitempty"`
	Tags                    *[]AgentTag         `json:"tags,omitempty"`
	UseAllSources           *bool               `json:"use_all_sources,omitempty"`
	DataSourceUUIDs         *[]ID               `json:"data_source_uuids,omitempty"`
	Variables               *[]AgentVariable    `json:"variables,omitempty"`
	HumanEscalationSettings *EscalationSettings `json:"human_escalation_settings,omitempty"`
}

func (a *Agent) check() error {
	if err := a.Object.check(); err != nil {
		return err
	}
	if a.ToolFunctions == nil {
		return nil
	}
	functions := list[ToolFunction](*a.ToolFunctions)
	if functions == nil {
		return nil // null: the key is as good as absent
	}
	if err := functions.check(); err != nil {
		return fmt.Errorf("tool_functions of agent %s: %w", a.ID, err)
	}
	return nil
}

// agents is the collection of a chatbot's agents. Tool functions live in it too: the service lists them within their agents.
func (c *Client) agents(chatbot ID) *collection[Agent] {
	return collectionFor(c, get("/chatbot/{uuid}/agents", chatbot), c.listAgents(chatbot))
}

// Agents lists a chatbot's agents, in no promised order.
func (c *Client) Agents(ctx context.Context, chatbot ID) ([]Agent, error) {
	return children(ctx, c, chatbot, c.agents(chatbot))
}

// Agent finds one agent of a chatbot. IsGone tells whether an error means that it no longer exists.
func (c *Client) Agent(ctx context.Context, chatbot, id ID) (Agent, error) {
	return child(ctx, c, chatbot, c.agents(chatbot), id)
}

// CreateAgent makes an agent, disabled (api.md §3). The answer is short.
func (c *Client) CreateAgent(ctx context.Context, chatbot ID, s AgentSettings) (Agent, error) {
	col := c.agents(chatbot)
	return c.claims.making(func() (Agent, error) {
		return bear(ctx, c, birthIn(col, s, s.fits, func() (Agent, error) {
			return write(col, func() (Agent, error) {
				a, err := call[Agent](ctx, c, create("/chatbot/{uuid}/agent/create", chatbot), s)
				c.owners.saw(chatbot, a)
				return a, err
			}, nil)
		}))
	})
}

// fits says whether an agent can be what a create with these settings has made.
func (s AgentSettings) fits(a Agent) bool {
	m := a.Meta
	return s.Type == a.Type && sameText(s.Name, &a.Name) && sameText(s.Description, a.Description) && sameText(s.Prompt, a.Prompt) && same(s.Model, m.Model) &&
		same(s.Temperature, (*float64)(m.Temperature)) && same(s.Bias, (*float64)(m.Bias)) && same(s.Stickness, (*float64)(m.Stickness)) &&
		sameText(s.DefaultMessage, m.DefaultMessage) && same(s.UseAllSources, (*bool)(m.UseAllSources)) &&
		(s.Tags == nil || m.Tags == nil || slices.Equal(*s.Tags, *m.Tags))
}

// UpdateAgent changes the settings that s names. An edit of name, description or prompt makes the service regenerate its routing
// (api.md §4), so callers send what changed and nothing when nothing did.
func (c *Client) UpdateAgent(ctx context.Context, chatbot, id ID, s AgentSettings) (Agent, error) {
	return write(c.agents(chatbot), func() (Agent, error) {
		return call[Agent](ctx, c, update("/agent/{uuid}/update", id), s)
	}, Agent.whole)
}

// DeleteAgent deletes an agent with its tool functions.
func (c *Client) DeleteAgent(ctx context.Context, chatbot, id ID) error {
	_, err := write(c.agents(chatbot), func() (success, error) {
		return call[success](ctx, c, remove("/agent/{uuid}/delete", id), nil)
	}, nil)
	return deleted(err, func() error { _, err := c.Agent(ctx, chatbot, id); return err })
}

// whole says whether the answer has all that a list item has.
func (a Agent) whole() (Agent, bool) {
	return a, a.DataSourceUUIDs != nil && a.ToolFunctions != nil && a.Enabled != nil
}

// SameText says whether two prompts or descriptions are the same to the service's users: CRLF and LF are one, and white space at
// both ends does not count (schema.md).
func SameText(a, b string) bool { return NormalText(a) == NormalText(b) }

// NormalText is the form in which two texts are compared.
func NormalText(s string) string { return strings.TrimSpace(strings.ReplaceAll(s, "\r\n", "\n")) }

// Together says whether two times of the service are seconds apart at most, as those of a chatbot and its default agent are.
func Together(a, b string) bool {
	ta, errA := time.Parse(time.RFC3339, a)
	tb, errB := time.Parse(time.RFC3339, b)
	return errA == nil && errB == nil && ta.Sub(tb).Abs() <= MadeTogether
}
