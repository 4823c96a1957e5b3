package hub

import (
	"context"
	"sync"
)

// owners remembers in which chatbot an agent is. No answer about an agent names its chatbot (api.md §2), and an agent never moves.
type owners struct{ chatbots sync.Map } // agent → its chatbot

// saw notes agents that a chatbot's list, or the answer to a create in it, showed.
func (o *owners) saw(chatbot ID, agents ...Agent) {
	for _, a := range agents {
		if a.ID == "" {
			continue // the answer was an error
		}
		o.chatbots.Store(a.ID, chatbot)
	}
}

// listAgents fetches a chatbot's agents and notes whose they are.
func (c *Client) listAgents(chatbot ID) func(context.Context, route) ([]Agent, error) {
	return func(ctx context.Context, r route) ([]Agent, error) {
		agents, err := call[list[Agent]](ctx, c, r, nil)
		c.owners.saw(chatbot, agents...)
		return agents, err
	}
}

// SawAgent says whether this process made the agent in the chatbot, or saw it there. It asks nothing, so it does not know whether the
// agent is still there.
func (c *Client) SawAgent(chatbot, agent ID) bool {
	home, ok := c.owners.chatbots.Load(agent)
	return ok && home == any(chatbot)
}

// AgentHome looks for the chatbot that an agent is in: among what is known, then in the lists of up to limit chatbots, oldest first.
// It is for the wording of an error, so a failure on the way means only that it cannot be told.
func (c *Client) AgentHome(ctx context.Context, agent ID, limit int) (Chatbot, bool) {
	bots, err := c.Chatbots(ctx)
	if err != nil {
		return Chatbot{}, false
	}
	bots = OldestFirst(bots)
	for _, bot := range bots {
		if c.SawAgent(bot.ID, agent) {
			return bot, true
		}
	}
	for _, bot := range bots[:min(limit, len(bots))] {
		if _, err := c.agents(bot.ID).list(ctx); err == nil && c.SawAgent(bot.ID, agent) {
			return bot, true
		}
	}
	return Chatbot{}, false
}
