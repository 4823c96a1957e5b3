package agent

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// pickDefault finds the agent that came with the chatbot. Nothing in an answer marks it (api.md §3), so its marks together do: user-facing,
// made with the chatbot, all sources in use, and not made by this process. The order of a list says nothing. Anything but one is a
// problem, told with the candidates.
func pickDefault(bot hub.Chatbot, agents []hub.Agent, ours func(hub.ID) bool) (one hub.Agent, problem string) {
	var found, taken []hub.Agent
	for _, a := range agents {
		if a.Type != hub.UserFacing || a.Meta.UseAllSources == nil || !bool(*a.Meta.UseAllSources) || !hub.Together(bot.CreatedAt, a.CreatedAt) {
			continue
		}
		if ours(a.ID) {
			taken = append(taken, a)
		} else {
			found = append(found, a)
		}
	}
	of := fmt.Sprintf("chatbot %q (%s)", bot.Name, bot.ID)
	switch {
	case len(found) == 1:
		return found[0], ""
	case len(found) == 0 && len(taken) > 0:
		return hub.Agent{}, fmt.Sprintf("The default agent of %s is taken over by another aichatbothub_default_agent of this configuration already. Keep one of the two:\n\n%s", of, candidates(taken))
	case len(found) == 0:
		return hub.Agent{}, fmt.Sprintf("None of the %d agents of %s looks like the one that came with it: user-facing, made within %s of the chatbot, with all sources in use. "+
			"It may have been deleted or changed. To manage an agent that exists, import it as aichatbothub_agent, or as aichatbothub_default_agent if you know its id:\n\n%s",
			len(agents), of, hub.MadeTogether, candidates(agents))
	}
	return hub.Agent{}, fmt.Sprintf("%d agents of %s look like the one that came with it. Import the right one as aichatbothub_default_agent with the id \"%s/<id>\":\n\n%s",
		len(found), of, bot.ID, candidates(found))
}

// candidates lists agents for a message, oldest first.
func candidates(agents []hub.Agent) string {
	var lines []string
	for _, a := range hub.OldestFirst(agents) {
		lines = append(lines, fmt.Sprintf("  %s  %s  %s  %q", a.ID, a.CreatedAt, a.Type, a.Name))
	}
	return strings.Join(slices.Compact(lines), "\n")
}

// settingsOf is the body that gives an agent the settings it has now. The list of sources is left out: it is ignored while all are used,
// and they are used by every agent that is taken over.
func settingsOf(a hub.Agent) hub.AgentSettings {
	number := func(n *hub.Number) *float64 {
		if n == nil {
			return nil
		}
		f := float64(*n)
		return &f
	}
	s := hub.AgentSettings{Name: &a.Name, Description: a.Description, Prompt: a.Prompt, Model: a.Meta.Model, Temperature: number(a.Meta.Temperature),
		Bias: number(a.Meta.Bias), Stickness: number(a.Meta.Stickness), UseAllSources: (*bool)(a.Meta.UseAllSources), Variables: a.Variables}
	s.Enabled = (*bool)(a.Enabled)
	return s
}

// putBack sends the settings from before where they differ from the ones there are.
func (r *DefaultResource) putBack(ctx context.Context, state common, before hub.AgentSettings) error {
	now, err := r.Hub.Agent(ctx, state.chatbot(), state.hubID(), "")
	if err != nil {
		return err
	}
	have := settingsOf(now)
	want, has := reflect.ValueOf(&before).Elem(), reflect.ValueOf(have)
	for i := range want.NumField() {
		if reflect.DeepEqual(want.Field(i).Interface(), has.Field(i).Interface()) {
			want.Field(i).SetZero()
		}
	}
	if before == (hub.AgentSettings{}) {
		return nil
	}
	_, err = r.Hub.UpdateAgent(ctx, state.chatbot(), state.hubID(), before)
	return err
}
