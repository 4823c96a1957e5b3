package probe

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest"
)

// What became of a setting that an update had.
const (
	taken   = "taken"
	ignored = "ignored"
	refused = "refused"
)

var agentUpdateFacts = []fact{
	{
		id: "null-fields", section: "§4", documented: "nothing",
		readings: []reading{{name: refused}, {name: ignored, reason: neverNull}, {name: "cleared", reason: neverNull}},
		note:     "The provider never sends null.",
		try: func(ctx context.Context, p *probe) (observation, error) {
			agent, err := p.userAgent(ctx)
			if err != nil {
				return observation{}, err
			}
			a, err := p.updateAgent(ctx, agent.id, map[string]any{"description": nil})
			switch {
			case err == nil && a.isRefused():
				return sawWith(refused, a.form())
			case err != nil || !a.isAbout(agent.id):
				return observation{}, firstError(err, a, "an update with null")
			}
			switch description, found := a.object()["description"]; {
			case found && description == agent.created["description"]:
				return saw(ignored)
			case found && (description == nil || description == ""):
				return saw("cleared")
			}
			return saw("neither ignored nor cleared")
		},
	},
	{
		id: "agent-late-fields", section: "§2", documented: "nothing about updates",
		readings: []reading{{name: taken}, {name: ignored, quirk: "IgnoresOnUpdate=bias,stickness,default_message"},
			{name: refused, quirk: "RefusesOnUpdate=bias,stickness,default_message"}, {name: "not the same for all", quirk: "IgnoresOnUpdate=bias"}},
		note: "They are sent with the create, and with an update when they change. A value that was not applied is a warning, and a refusal an error.",
		try:  func(ctx context.Context, p *probe) (observation, error) { return p.lateFields(ctx) },
	},
	{
		id: "escalation-settings", section: "§7", documented: "nothing",
		readings: []reading{{name: "merged"}, {name: "replaced", quirk: "EscalationReplaces=true"}},
		note:     "Every update sends all members.",
		try:      func(ctx context.Context, p *probe) (observation, error) { return p.escalation(ctx) },
	},
	{
		id: "singleton-second", section: "§3", documented: "at most one per chatbot",
		readings: statusReadings("SingletonStatus", 422, 400, 403, 409),
		note:     "After any refusal of such a create the list of agents decides what the error says.",
		try: func(ctx context.Context, p *probe) (observation, error) {
			if _, err := p.humanAgent(ctx); err != nil {
				return observation{}, err
			}
			a, err := p.do(ctx, rest.Create("/chatbot/{uuid}/agent/create", p.chatbot),
				map[string]any{"name": "Probe of another", "type": "human-escalation", "description": "A test."})
			return anyRefusal(a, err)
		},
	},
}

// neverNull is the reason why the mock refuses null only.
const neverNull = "The mock refuses null, because the provider never sends it."

// oddNumber is no likely default. It is the same number in 32 bits.
const oddNumber = 0.34375

// lateFields sends the settings of which the documentation names a create only, one after the other.
func (p *probe) lateFields(ctx context.Context) (observation, error) {
	user, err := p.userAgent(ctx)
	if err != nil {
		return observation{}, err
	}
	canned, err := p.preCannedAgent(ctx)
	if err != nil {
		return observation{}, err
	}
	var what, all []string
	for _, field := range []struct {
		name  string
		agent rest.ID
		value any
	}{{"bias", user.id, oddNumber}, {"stickness", user.id, oddNumber}, {"default_message", canned.id, oddText}} {
		a, err := p.updateAgent(ctx, field.agent, map[string]any{field.name: field.value})
		became := ignored
		switch stored, _ := member(a.object(), "meta", field.name); {
		case err == nil && a.isRefused():
			became = refused
		case err != nil || !a.isAbout(field.agent):
			return observation{}, firstError(err, a, "an update of "+field.name)
		case field.value == oddNumber && isNumber(stored, oddNumber):
			became = taken
		case field.value == oddText && sameText(stored, oddText):
			became = taken
			p.remember(canned.id, "meta", field.name)
		}
		what, all = append(what, became), append(all, field.name+" "+became)
	}
	if slices.Equal(slices.Compact(what), what[:1]) {
		return saw(what[0])
	}
	return sawWith("not the same for all", strings.Join(all, ", "))
}

// escalation updates one of the settings of an escalation after all of them were set.
func (p *probe) escalation(ctx context.Context) (observation, error) {
	agent, err := p.humanAgent(ctx)
	if err != nil {
		return observation{}, err
	}
	const settings, kept, changed = "human_escalation_settings", "live_chat_start_announcement", "human_requested_message"
	update := func(text string, members map[string]any) (any, error) {
		members[changed] = text
		a, err := p.updateAgent(ctx, agent.id, map[string]any{settings: members})
		if err != nil || !a.isAbout(agent.id) {
			return nil, firstError(err, a, "an update of "+settings)
		}
		if sent, _ := member(a.object(), settings, changed); !sameText(sent, text) {
			return nil, errors.New("an update of " + settings + " was not applied")
		}
		value, _ := member(a.object(), settings, kept)
		return value, nil
	}
	start, err := update("Wait", map[string]any{kept: "Start", "live_chat_end_announcement": "End", "monitored_messages": []string{"Help"},
		"notifications_enabled": 0, "sound_enabled": 0})
	switch {
	case err != nil:
		return observation{}, err
	case start != "Start":
		return observation{}, errors.New("an update of " + settings + " was not applied")
	}
	start, err = update(oddText, map[string]any{})
	if err != nil {
		return observation{}, err
	}
	p.remember(agent.id, settings, changed)
	if start == "Start" {
		return saw("merged")
	}
	return saw("replaced")
}

// sameText reports whether a stored value is a text that was sent, as far as the provider tells them apart.
func sameText(stored any, sent string) bool {
	text, isText := stored.(string)
	return isText && hub.SameText(text, sent)
}
