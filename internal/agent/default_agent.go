package agent

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// findDefault returns the agent that the service created with the chatbot: the one candidate that uses all sources and that this process
// did not create or take over. Where there is not exactly one, problem describes that for the user and lists the agents in question.
func findDefault(bot hub.Chatbot, agents []hub.Agent, ours func(hub.ID) bool) (one hub.Agent, problem string) {
	var found, taken []hub.Agent
	for _, a := range hub.DefaultAgentCandidates(bot, agents) {
		switch {
		case !a.UsesAllSources():
		case ours(a.ID):
			taken = append(taken, a)
		default:
			found = append(found, a)
		}
	}
	of := fmt.Sprintf("chatbot %q (%s)", bot.Name, bot.ID)
	switch {
	case len(found) == 1:
		return found[0], ""
	case len(found) == 0 && len(taken) > 0:
		return hub.Agent{}, fmt.Sprintf("The default agent of %s is already taken over by another aichatbothub_default_agent of this configuration. Keep only one of the two:\n\n%s", of, candidates(taken))
	case len(found) == 0:
		return hub.Agent{}, fmt.Sprintf("None of the %d agents of %s can be its default agent, which is user-facing, was created within %s of the chatbot, and uses all sources. "+
			"It may have been deleted or changed. If it is one of the agents below, import it as aichatbothub_default_agent. Any agent can be imported as aichatbothub_agent:\n\n%s",
			len(agents), of, hub.MaxDefaultAgentDelay, candidates(agents))
	}
	return hub.Agent{}, fmt.Sprintf("%d agents of %s can be its default agent. Import the right one as aichatbothub_default_agent with the import id \"%s/<id>\":\n\n%s",
		len(found), of, bot.ID, candidates(found))
}

// candidates lists agents for an error message, oldest first.
func candidates(agents []hub.Agent) string {
	var lines []string
	for _, a := range hub.OldestFirst(agents) {
		lines = append(lines, fmt.Sprintf("  %s  %s  %s  %q", a.ID, a.CreatedAt, a.Type, a.Name))
	}
	return strings.Join(slices.Compact(lines), "\n")
}

// settingsOf returns the settings that a destroy restores. The list of sources is not among them: the service ignores it while all sources
// are used, and an agent that is taken over uses all.
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
func (r *DefaultResource) restore(ctx context.Context, state common, before hub.AgentSettings) error {
	agent, err := r.Hub.Agent(ctx, state.chatbot(), state.hubID(), "")
	if err != nil {
		return err
	}
	now := settingsOf(agent)
	var changed hub.AgentSettings
	for _, f := range fields {
		if !f.same(&before, &now) {
			f.copy(&changed, &before)
		}
	}
	if changed == (hub.AgentSettings{}) {
		return nil
	}
	_, err = r.Hub.UpdateAgent(ctx, state.chatbot(), state.hubID(), changed)
	return err
}
