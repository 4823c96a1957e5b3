package agent

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// defaultFinder finds the agent that the service created with a chatbot.
type defaultFinder struct {
	managed    func(hub.ID) bool    // whether another resource has created or taken over an agent in this run
	left       func(hub.ID) bool    // whether a default agent that was destroyed in this run managed an agent
	configured func(hub.Agent) bool // whether an agent has the configured settings already
}

// find returns the one agent that can be the default agent of a chatbot, uses all sources, and is not managed by another resource of this
// run. An agent that does not use all sources counts too if this configuration has managed it: that is how a default agent looks that is
// replaced with create_before_destroy. Where there is not exactly one, problem describes that for the user and lists the agents in question.
func (d defaultFinder) find(bot hub.Chatbot, agents []hub.Agent) (one hub.Agent, problem string) {
	var found, taken, changed []hub.Agent
	for _, a := range hub.DefaultAgentCandidates(bot, agents) {
		switch {
		case d.managed(a.ID):
			taken = append(taken, a)
		case d.left(a.ID):
			return a, ""
		case a.UsesAllSources() || d.configured(a):
			found = append(found, a)
		default:
			changed = append(changed, a)
		}
	}
	of := fmt.Sprintf("chatbot %q (%s)", bot.Name, bot.ID)
	switch {
	case len(found) == 1:
		return found[0], ""
	case len(found) > 1:
		return hub.Agent{}, fmt.Sprintf("%d agents of %s can be its default agent. Import the right one as aichatbothub_default_agent with the import id \"%s/<id>\":\n\n%s",
			len(found), of, bot.ID, candidates(found))
	case len(changed) > 0:
		return hub.Agent{}, fmt.Sprintf("The default agent of %s cannot be recognized, because a default agent uses all sources and none of the agents below does. "+
			"If one of them is the default agent, import it as aichatbothub_default_agent with the import id \"%s/<id>\":\n\n%s", of, bot.ID, candidates(changed))
	case len(taken) > 0:
		return hub.Agent{}, fmt.Sprintf("The default agent of %s is already taken over by another aichatbothub_default_agent of this configuration. Remove one of the two resources:\n\n%s", of, candidates(taken))
	}
	if undecided := hub.UndecidedDefaultAgents(bot, agents); len(undecided) > 0 {
		return hub.Agent{}, fmt.Sprintf("The default agent of %s cannot be recognized, because the service returned a time or a type in a form that the provider does not know. "+
			"If one of the agents below is the default agent, import it as aichatbothub_default_agent with the import id \"%s/<id>\":\n\n%s", of, bot.ID, candidates(undecided))
	}
	return hub.Agent{}, "The default agent may have been deleted. " + rule + ".\n\n" + noCandidate(bot, agents)
}

// rule says which agents can be a default agent: hub.DefaultAgentCandidates.
var rule = fmt.Sprintf("A default agent is user-facing and was created within %s of its chatbot", hub.MaxDefaultAgentDelay)

// noCandidate says that no agent of a chatbot can be its default agent, and lists the agents.
func noCandidate(bot hub.Chatbot, agents []hub.Agent) string {
	if len(agents) == 0 {
		return fmt.Sprintf("Chatbot %q (%s) has no agents. Create an agent with aichatbothub_agent instead.", bot.Name, bot.ID)
	}
	return fmt.Sprintf("None of the agents of chatbot %q (%s), created %s, can be its default agent. They can be imported as aichatbothub_agent with the import id \"%s/<id>\":\n\n%s",
		bot.Name, bot.ID, bot.CreatedAt, bot.ID, candidates(agents))
}

// candidates lists agents for an error message, oldest first.
func candidates(agents []hub.Agent) string {
	var lines []string
	for _, a := range hub.OldestFirst(agents) {
		lines = append(lines, fmt.Sprintf("  %s  %s  %s  %q", a.ID, a.CreatedAt, a.Type, a.Name))
	}
	return strings.Join(slices.Compact(lines), "\n")
}

// identifying are the attributes by which an agent is recognized. Others, such as enabled, have the same value in many agents.
var identifying = []string{"name", "description", "prompt", "source_ids", "variables"}

// configuredIn compares a planned default agent with an agent of the service. some reports whether the agent has a configured value already
// that no new default agent has, and all whether it has every configured value and one such that identifies it. Then a resource of this
// configuration may have managed the agent before.
func (c common) configuredIn(ctx context.Context, a hub.Agent, diags *diag.Diagnostics) (some, all bool) {
	want, have, fresh := c.full(), listed(c.ChatbotID, a), listed(c.ChatbotID, hub.NewDefaultAgent())
	differs, special, none := want.changes(ctx, have, diags), want.changes(ctx, fresh, diags), hub.AgentSettings{}
	identified := false
	for _, f := range fields {
		if !f.same(&special, &none) && f.same(&differs, &none) {
			some = true
			identified = identified || slices.Contains(identifying, f.attribute)
		}
	}
	return some, identified && differs == none
}

// settingsOf returns the settings that a destroy restores. The list of sources is not among them, because the service ignores it while all
// sources are used, as by every new default agent.
func settingsOf(a hub.Agent) hub.AgentSettings {
	var s hub.AgentSettings
	answer := a.Settings()
	for _, f := range fields {
		if f.appliesTo(hub.UserFacing) && f.attribute != "source_ids" {
			f.copy(&s, &answer)
		}
	}
	return s
}

// restore sends the settings from before the agent was taken over, as far as they differ from the present ones.
func (r *DefaultResource) restore(ctx context.Context, state common, stored []byte, diags *diag.Diagnostics) {
	before, ok := parseTakenOver(stored, diags)
	if !ok {
		return
	}
	agent, err := r.Hub.Agent(ctx, state.chatbot(), state.hubID(), "")
	now := settingsOf(agent)
	var changed hub.AgentSettings
	for _, f := range fields {
		if !f.same(&before.AgentSettings, &now) {
			f.copy(&changed, &before.AgentSettings)
		}
	}
	if err == nil && changed != (hub.AgentSettings{}) {
		_, err = r.Hub.UpdateAgent(ctx, state.chatbot(), state.hubID(), changed)
	}
	switch {
	case hub.IsGone(err):
	case err != nil:
		state.failure("restore").Report(diags, err)
	case before.Unsure:
		diags.AddWarning("Restored settings may not be the original ones",
			fmt.Sprintf("The destroy restored the settings that agent %s had when this resource took it over. The agent had already been changed by then, by a person or by another aichatbothub_default_agent, "+
				"such as one that was replaced with create_before_destroy. Check the settings in the web app.", state.object()))
	}
}

// checkCandidate reports an error for an agent that cannot be the default agent of its chatbot, and whether there is none.
func (r *DefaultResource) checkCandidate(ctx context.Context, state common, diags *diag.Diagnostics) bool {
	bot, err := r.Hub.Chatbot(ctx, state.chatbot())
	var agents []hub.Agent
	if err == nil {
		agents, err = r.Hub.Agents(ctx, bot.ID)
	}
	if err != nil {
		state.failure("read").Report(diags, err)
		return false
	}
	isThis := func(a hub.Agent) bool { return a.ID == state.hubID() }
	i, can := slices.IndexFunc(agents, isThis), hub.DefaultAgentCandidates(bot, agents)
	undecided := hub.UndecidedDefaultAgents(bot, agents) // without the times and the type the rule cannot be checked
	if i < 0 || slices.ContainsFunc(can, isThis) || slices.ContainsFunc(undecided, isThis) {
		return true
	}
	others := noCandidate(bot, agents)
	if len(can) > 0 {
		others = fmt.Sprintf("These agents of chatbot %q (%s), created %s, can be its default agent. Import the right one with the import id \"%s/<id>\":\n\n%s",
			bot.Name, bot.ID, bot.CreatedAt, bot.ID, candidates(can))
	}
	diags.AddError("Not a default agent", fmt.Sprintf("Agent %q (%s) is of the type %s and was created %s, so it cannot be the default agent of its chatbot. %s. Manage this agent as aichatbothub_agent.\n\n%s",
		agents[i].Name, agents[i].ID, agents[i].Type, agents[i].CreatedAt, rule, others))
	return false
}
