package probe

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest"
)

// madeAgent is an agent that the run made.
type madeAgent struct {
	id      rest.ID
	created map[string]any // the answer to its create
}

// agentObjects are the agents of the chatbot and answers about them. The agents are made in the order of the fields, which is not the order
// of their types in api.md §3.
type agentObjects struct {
	first                  memo[[]map[string]any] // the list before any agent was made
	user, preCanned, human memo[madeAgent]
	enabled                memo[map[string]any]   // the answer to an update of the user-facing agent
	last                   memo[[]map[string]any] // the list after all updates
	texts                  []sentText
}

// makeAgent makes an agent.
func (p *probe) makeAgent(ctx context.Context, body map[string]any) (madeAgent, error) {
	a, err := p.do(ctx, rest.Create("/chatbot/{uuid}/agent/create", p.chatbot), body)
	if err != nil || !a.ok() || id(a.object()) == "" {
		return madeAgent{}, firstError(err, a, fmt.Sprint("the create of a ", body["type"], " agent"))
	}
	return madeAgent{id(a.object()), a.object()}, nil
}

// userAgent returns the user-facing agent of the run.
func (p *probe) userAgent(ctx context.Context) (madeAgent, error) {
	return p.user.get(func() (madeAgent, error) {
		return p.makeAgent(ctx, map[string]any{"name": "Probe", "type": "user-facing", "description": "A test.", "prompt": "Be brief.", "temperature": 0.7})
	})
}

// preCannedAgent returns the agent of the run that has a default message.
func (p *probe) preCannedAgent(ctx context.Context) (madeAgent, error) {
	return p.preCanned.get(func() (madeAgent, error) {
		return p.makeAgent(ctx, map[string]any{"name": "Probe of a message", "type": "pre-canned", "description": "A test."})
	})
}

// humanAgent returns the human-escalation agent of the run.
func (p *probe) humanAgent(ctx context.Context) (madeAgent, error) {
	return p.human.get(func() (madeAgent, error) {
		return p.makeAgent(ctx, map[string]any{"name": "Probe of an escalation", "type": "human-escalation", "description": "A test."})
	})
}

// updateAgent updates an agent and returns the answer.
func (p *probe) updateAgent(ctx context.Context, agent rest.ID, body map[string]any) (answer, error) {
	return p.do(ctx, rest.Update("/agent/{uuid}/update", agent), body)
}

// listAgents lists the agents of the chatbot.
func (p *probe) listAgents(ctx context.Context) ([]map[string]any, error) {
	a, err := p.list(ctx, rest.Get("/chatbot/{uuid}/agents", p.chatbot))
	if err != nil || !a.ok() || a.list() == nil {
		return nil, firstError(err, a, "the list of agents")
	}
	return a.list(), nil
}

// firstAgents lists the agents that the service made with the chatbot.
func (p *probe) firstAgents(ctx context.Context) ([]map[string]any, error) {
	return p.first.get(func() ([]map[string]any, error) { return p.listAgents(ctx) })
}

// defaultAgent returns the only agent that the service made with the chatbot.
func (p *probe) defaultAgent(ctx context.Context) (map[string]any, error) {
	agents, err := p.firstAgents(ctx)
	switch {
	case err != nil:
		return nil, err
	case len(agents) != 1 || id(agents[0]) == "":
		return nil, fmt.Errorf("the new chatbot has %d agents", len(agents))
	}
	return agents[0], nil
}

// oneDefaultAgent is the reading of the fact default-agent that the provider assumes.
const oneDefaultAgent = "one enabled user-facing agent, of all sources"

var agentFacts = []fact{
	{
		id: "default-agent", section: "§3", documented: "nothing",
		readings: []reading{{name: oneDefaultAgent}, {name: "one disabled user-facing agent, of all sources", reason: "The provider does not look at it."}},
		note:     "The default agent is the user-facing agent that is at most 5 seconds older or younger than its chatbot and uses all sources.",
		try: func(ctx context.Context, p *probe) (observation, error) {
			agents, err := p.firstAgents(ctx)
			if err != nil {
				return observation{}, err
			}
			if len(agents) != 1 {
				return saw(fmt.Sprintf("%d agents", len(agents)))
			}
			return p.describeDefault(agents[0])
		},
	},
	{
		id: "agent-create-answer", section: "§3", documented: "all keys",
		readings: []reading{{name: "short"}, {name: "full", quirk: "AgentCreateFull=true"}},
		note:     "A setting that the answer lacks keeps the value that was sent until the next refresh.",
		try: func(ctx context.Context, p *probe) (observation, error) {
			agent, err := p.userAgent(ctx)
			if err != nil {
				return observation{}, err
			}
			return withAndWithout(agent.created, fullKeys, shortKeys, "full", "short")
		},
	},
	{
		id: "use-all-sources-key", section: "§3", documented: "nothing",
		readings: []reading{{name: "absent until it is set"}, {name: "false until it is set", quirk: "AgentMetaFull=true"}},
		note:     "An agent without the key uses only the sources of its list.",
		try: func(ctx context.Context, p *probe) (observation, error) {
			agent, err := p.userAgent(ctx)
			if err != nil {
				return observation{}, err
			}
			meta, isObject := agent.created["meta"].(map[string]any)
			switch all := meta["use_all_sources"]; {
			case !isObject:
				return observation{}, errors.New("the answer to the create of an agent has no meta")
			case all == nil:
				return saw("absent until it is set")
			case isTrue(all):
				return saw("true until it is set")
			}
			return saw("false until it is set")
		},
	},
	{
		id: "unknown-source-in-agent", section: "§3", documented: "nothing",
		readings: []reading{{name: refused}, {name: "accepted", quirk: "AcceptsAnySource=true"}, {name: ignored, reason: "IgnoresOnUpdate stands for it."}},
		note:     "A refusal is an error at source_ids. A source that was not applied is a warning, and shows in the next plan.",
		try: func(ctx context.Context, p *probe) (observation, error) {
			agent, err := p.userAgent(ctx)
			if err != nil {
				return observation{}, err
			}
			a, err := p.updateAgent(ctx, agent.id, map[string]any{"data_source_uuids": []rest.ID{unknownID}})
			sources, shown := a.object()["data_source_uuids"].([]any)
			switch {
			case err == nil && a.isRefused():
				return sawWith(refused, a.form())
			case err != nil || !a.isAbout(agent.id):
				return observation{}, firstError(err, a, "an update of the sources of an agent")
			case !shown:
				return observation{}, errors.New("the answer to the update does not show the sources of the agent")
			case hasUUID(sources, unknownID):
				return saw("accepted")
			}
			return saw(ignored)
		},
	},
	{
		id: "agent-update-answer", section: "§3", documented: "all keys",
		readings: []reading{{name: "full"}, {name: "short", quirk: "AgentUpdateShort=true"}},
		note:     "What the answer lacks is read from the list of agents.",
		try: func(ctx context.Context, p *probe) (observation, error) {
			agent, err := p.enabledAgent(ctx)
			if err != nil {
				return observation{}, err
			}
			return withAndWithout(agent, fullKeys, shortKeys, "full", "short")
		},
	},
}

// fullKeys are the keys of an agent in a list that short answers lack. shortKeys are the others.
var (
	fullKeys  = []string{"data_source_uuids", "tool_functions"}
	shortKeys = []string{"uuid", "name", "type", "description", "prompt", "enabled", "meta", "variables", "created_at", "modified_at"}
)

// enabledAgent returns the answer to an update that enables the user-facing agent and has it use all sources.
func (p *probe) enabledAgent(ctx context.Context) (map[string]any, error) {
	return p.enabled.get(func() (map[string]any, error) {
		agent, err := p.userAgent(ctx)
		if err != nil {
			return nil, err
		}
		a, err := p.updateAgent(ctx, agent.id, map[string]any{"enabled": true, "use_all_sources": true})
		if err != nil || !a.isAbout(agent.id) {
			return nil, firstError(err, a, "an update of an agent")
		}
		return a.object(), nil
	})
}

// describeDefault returns the reading of the only agent of a new chatbot.
func (p *probe) describeDefault(agent map[string]any) (observation, error) {
	all, _ := member(agent, "meta", "use_all_sources")
	created, err := p.createdAt()
	if err != nil {
		return observation{}, err
	}
	chatbot, errChatbot := time.Parse(time.RFC3339, created)
	text, _ := agent["created_at"].(string)
	at, errAgent := time.Parse(time.RFC3339, text)
	age := at.Sub(chatbot)
	var odd []string
	for _, check := range []struct {
		is   bool
		what string
	}{
		{id(agent) == "", "its uuid cannot be read"},
		{agent["type"] != hub.UserFacing, "its type is another one"},
		{!isTrue(all), "it does not use all sources"},
		{errors.Join(errChatbot, errAgent) != nil, "the times cannot be read"},
		{age.Abs() > hub.MaxDefaultAgentDelay, "the times are more than 5 s apart"},
	} {
		if check.is {
			odd = append(odd, check.what)
		}
	}
	details := "created " + seconds(age) + " after the chatbot"
	switch {
	case len(odd) > 0:
		return saw("one agent, but " + strings.Join(odd, ", "))
	case !isTrue(agent["enabled"]):
		return sawWith("one disabled user-facing agent, of all sources", details)
	}
	return sawWith(oneDefaultAgent, details)
}

// statusReadings are readings of a status, each with the switch of the mock that sets it. The first one is the default of the mock.
func statusReadings(field string, statuses ...int) []reading {
	all := []reading{{name: fmt.Sprint(statuses[0])}}
	for _, status := range statuses[1:] {
		all = append(all, reading{name: fmt.Sprint(status), quirk: fmt.Sprintf("%s=%d", field, status)})
	}
	return all
}
