package probe

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest"
)

// oddText is a text that a service may store in another form: with a byte order mark, CRLF, a composed letter, and white space at the end.
const oddText = "\ufeff Probe\r\nÉ.\n "

// sentText is a text that was sent as oddText. It is what the service has stored, or where the list of agents has that.
type sentText struct {
	name   string
	stored any
	agent  rest.ID
	path   []string
}

// remember records that the service accepted oddText as a text of an agent.
func (p *probe) remember(agent rest.ID, path ...string) {
	p.texts = append(p.texts, sentText{name: path[len(path)-1], agent: agent, path: path})
}

// lastAgents sends oddText as texts of the user-facing agent, and lists all agents.
func (p *probe) lastAgents(ctx context.Context) ([]map[string]any, error) {
	return p.last.get(func() ([]map[string]any, error) {
		agent, err := p.userAgent(ctx)
		if err != nil {
			return nil, err
		}
		a, err := p.updateAgent(ctx, agent.id, map[string]any{"name": oddText, "description": oddText, "prompt": oddText})
		switch {
		case err != nil:
			return nil, err
		case a.isAbout(agent.id):
			for _, field := range []string{"name", "description", "prompt"} {
				p.remember(agent.id, field)
			}
		}
		return p.listAgents(ctx)
	})
}

// lastAgent returns an agent of the list of lastAgents.
func (p *probe) lastAgent(ctx context.Context, wanted rest.ID) (map[string]any, error) {
	agents, err := p.lastAgents(ctx)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(agents, func(a map[string]any) bool { return id(a) == wanted })
	if i < 0 {
		return nil, errors.New("the list of agents does not contain a new agent")
	}
	return agents[i], nil
}

// asSent is the reading of a text that is stored as it was sent.
const asSent = "as sent"

// The readings of a form in which texts are stored.
const (
	trimmed    = "without white space at the ends"
	normalized = "with LF and without a byte order mark"
	decomposed = "in Unicode's form NFD"
	mixed      = "several forms"
)

var agentListFacts = []fact{
	{
		id: "text-trimming", section: "§1", documented: "nothing",
		readings: []reading{{name: asSent}, {name: trimmed, quirk: "TrimsText=true"}, {name: normalized, quirk: "NormalizesText=true"}, {name: decomposed, quirk: "DecomposesText=true"},
			{name: mixed, reason: "Each of the forms has a switch, and the provider ignores all of them together."}},
		note: "CRLF and LF, white space at the ends, a byte order mark at the start, and Unicode's forms NFC and NFD make no difference.",
		try:  func(ctx context.Context, p *probe) (observation, error) { return p.storedTexts(ctx) },
	},
	{
		id: "agent-booleans", section: "§1", documented: "0 and 1, and true and false",
		readings: []reading{{name: "0 and 1, and true and false"}, {name: "0 and 1", quirk: "BooleansAsNumbers=true"}, {name: "true and false", quirk: "BooleansAsTrueFalse=true"},
			{name: "some as texts", quirk: "NumbersAsStrings=true"}},
		note: `true, 1 and "1" are equal, and so are false, 0 and "0".`,
		try:  func(ctx context.Context, p *probe) (observation, error) { return p.booleans(ctx) },
	},
	{
		id: "agent-numbers", section: "§1", documented: "0.7",
		readings: []reading{{name: "0.7"}, {name: "0.7 as a 32-bit float", quirk: "NumbersAsFloat32=true"}, {name: `"0.7"`, quirk: "NumbersAsStrings=true"}},
		note:     "Numbers are equal if they are equal as 32-bit floats.",
		try: func(ctx context.Context, p *probe) (observation, error) {
			user, err := p.userAgent(ctx)
			if err != nil {
				return observation{}, err
			}
			agent, err := p.lastAgent(ctx, user.id)
			if err != nil {
				return observation{}, err
			}
			temperature, _ := member(agent, "meta", "temperature")
			n, is := numberOf(temperature)
			_, isText := temperature.(string)
			switch {
			case !is:
				return observation{}, errors.New("the agent has no temperature")
			case !hub.SameNumber(n, 0.7):
				return saw("another number")
			case isText:
				return saw(`"0.7"`)
			case n != 0.7:
				return saw("0.7 as a 32-bit float")
			}
			return saw("0.7")
		},
	},
	{
		id: "agent-list-order", section: "§7", documented: "nothing",
		readings: []reading{{name: "oldest first"}, {name: "newest first", quirk: "ListNewestFirst=true"}, {name: "by type", quirk: "AgentTypesInListOrder=true"},
			{name: "another order", quirk: "AgentOrderRandom=true"}},
		note: "No order is assumed.",
		try:  func(ctx context.Context, p *probe) (observation, error) { return p.agentOrder(ctx) },
	},
}

// storedTexts returns in which form the texts are stored that were sent as oddText.
func (p *probe) storedTexts(ctx context.Context) (observation, error) {
	if _, err := p.lastAgents(ctx); err != nil {
		return observation{}, err
	}
	var forms, names, details []string
	for _, text := range p.texts {
		if text.agent != "" {
			agent, err := p.lastAgent(ctx, text.agent)
			if err != nil {
				return observation{}, err
			}
			text.stored, _ = member(agent, text.path...)
		}
		form := textForm(text.stored)
		if form == "" {
			return sawWith("another text", text.name)
		}
		forms, names, details = append(forms, form), append(names, text.name), append(details, text.name+" "+form)
	}
	switch {
	case len(forms) == 0:
		return observation{}, errors.New("the service refused the texts")
	case len(slices.Compact(slices.Clone(forms))) == 1 && forms[0] != mixed:
		return sawWith(forms[0], strings.Join(names, ", "))
	}
	return sawWith(mixed, strings.Join(details, ", "))
}

// textForm returns the form of a stored oddText, and "" for anything else.
func textForm(stored any) string {
	text, _ := stored.(string)
	if !hub.SameText(text, oddText) {
		return ""
	}
	is := map[string]bool{
		trimmed:    !strings.HasSuffix(text, "\n "),
		normalized: !strings.Contains(text, "\r\n") && !strings.HasPrefix(text, "\ufeff"),
		decomposed: !strings.Contains(text, "É"),
	}
	var forms []string
	for form, has := range is {
		if has {
			forms = append(forms, form)
		}
	}
	switch {
	case text == oddText:
		return asSent
	case len(forms) == 1:
		return forms[0]
	}
	return mixed
}

// booleans returns in which forms the booleans of the agents are.
func (p *probe) booleans(ctx context.Context) (observation, error) {
	if _, err := p.enabledAgent(ctx); err != nil {
		return observation{}, err
	}
	user, err := p.userAgent(ctx)
	if err != nil {
		return observation{}, err
	}
	agent, err := p.lastAgent(ctx, user.id)
	if err != nil {
		return observation{}, err
	}
	escalation := map[string]any{}
	if human, err := p.humanAgent(ctx); err == nil {
		escalation, _ = p.lastAgent(ctx, human.id)
	}
	var numbers, booleans, texts []string
	for _, field := range []struct {
		in   map[string]any
		path []string
	}{{agent, []string{"enabled"}}, {agent, []string{"meta", "use_all_sources"}}, {escalation, []string{"human_escalation_settings", "sound_enabled"}}} {
		name := field.path[len(field.path)-1]
		switch value, _ := member(field.in, field.path...); value.(type) {
		case json.Number:
			numbers = append(numbers, name)
		case bool:
			booleans = append(booleans, name)
		case string:
			texts = append(texts, name)
		}
	}
	switch {
	case len(texts) > 0:
		return sawWith("some as texts", strings.Join(texts, ", "))
	case len(numbers) > 0 && len(booleans) > 0:
		return sawWith("0 and 1, and true and false", "0 and 1: "+strings.Join(numbers, ", "))
	case len(numbers) > 0:
		return saw("0 and 1")
	case len(booleans) > 0:
		return saw("true and false")
	}
	return observation{}, errors.New("the agents have no booleans")
}

// agentOrder returns in which order the agents are listed.
func (p *probe) agentOrder(ctx context.Context) (observation, error) {
	agents, err := p.lastAgents(ctx)
	if err != nil {
		return observation{}, err
	}
	byAge := []rest.ID{p.user.value.id, p.preCanned.value.id, p.human.value.id}
	if agent, err := p.defaultAgent(ctx); err == nil {
		byAge = slices.Insert(byAge, 0, id(agent))
	}
	if slices.Contains(byAge, "") {
		return observation{}, errors.New("not all agents could be created")
	}
	var listed []rest.ID
	types := []string{}
	for _, a := range agents {
		if slices.Contains(byAge, id(a)) {
			listed = append(listed, id(a))
			types = append(types, typeOf(a))
		}
	}
	oldestLast := slices.Clone(byAge)
	slices.Reverse(oldestLast)
	byType := func(a, b string) int { return slices.Index(hub.AgentTypes, a) - slices.Index(hub.AgentTypes, b) }
	switch {
	case len(listed) != len(byAge):
		return observation{}, errors.New("the list does not contain all new agents")
	case slices.Equal(listed, byAge):
		return saw("oldest first")
	case slices.Equal(listed, oldestLast):
		return saw("newest first")
	case slices.IsSortedFunc(types, byType):
		return saw("by type")
	}
	return saw("another order")
}

// typeOf returns the type of an agent.
func typeOf(agent map[string]any) string {
	text, _ := agent["type"].(string)
	return text
}
