package hub

import (
	"context"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/consistency"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest"
)

// listAgents returns the function that lists a chatbot's agents and records their chatbot. No answer about an agent contains its chatbot
// (api.md §2), and an agent never moves.
func (c *Client) listAgents(chatbot ID, r rest.Route) func(context.Context) ([]Agent, error) {
	return func(ctx context.Context) ([]Agent, error) {
		agents, err := rest.Call[consistency.List[Agent]](ctx, c.rest, r, nil)
		c.recordAgents(chatbot, agents...)
		return agents, err
	}
}

// recordAgents records agents of a chatbot. An agent without an id, from a failed request, is skipped.
func (c *Client) recordAgents(chatbot ID, agents ...Agent) {
	for _, a := range agents {
		if a.ID != "" {
			c.agentChatbots.Store(a.ID, chatbot)
		}
	}
}

// ChatbotOfAgent returns the chatbot of an agent, if it is recorded or listed in one of the limit oldest chatbots. It is for the text of
// an error, so that its own errors mean only that the chatbot is not known.
func (c *Client) ChatbotOfAgent(ctx context.Context, agent ID, limit int) (Chatbot, bool) {
	bots, err := c.Chatbots(ctx)
	if err != nil {
		return Chatbot{}, false
	}
	bots = OldestFirst(bots)
	for _, bot := range bots {
		if c.HasSeenAgent(bot.ID, agent) {
			return bot, true
		}
	}
	for _, bot := range bots[:min(limit, len(bots))] {
		if _, err := c.agents(bot.ID).List(ctx); err == nil && c.HasSeenAgent(bot.ID, agent) {
			return bot, true
		}
	}
	return Chatbot{}, false
}

// HasSeenAgent reports whether this client has created or listed the agent in the chatbot. It sends nothing, so the agent may be deleted.
func (c *Client) HasSeenAgent(chatbot, agent ID) bool {
	known, ok := c.agentChatbots.Load(agent)
	return ok && known == chatbot
}
