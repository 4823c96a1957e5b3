package export

import (
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/account"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// bot is a chatbot with the objects in it.
type bot struct {
	*account.Bot
	name string // the name of the resource and of its file
}

// chatbots returns chatbots with their names. All chatbots of the account get one, so that the names do not depend on the selection.
func chatbots(all []*account.Bot) []*bot {
	var bots []*bot
	var toName []named
	for _, found := range all {
		b := &bot{Bot: found}
		bots = append(bots, b)
		toName = append(toName, named{b.Object, chatbotName(b.Name), func(name string) { b.name = name }})
	}
	assignNames(toName)
	return bots
}

// lists returns the lists that are read for the included kinds. The list of agents has the tool functions.
func (k kinds) lists() account.Lists {
	return account.Lists{Agents: k[agents] || k[toolFunctions], Sources: k[sources], SourceTags: k[sourceTags]}
}

// functions returns the tool functions of an agent, oldest first.
func functions(a hub.Agent) []hub.ToolFunction {
	if a.ToolFunctions == nil {
		return nil
	}
	return hub.OldestFirst(*a.ToolFunctions)
}

// defaultAgent returns the id of the agent that the service most likely created with the chatbot, or "" when there is no candidate.
func (b *bot) defaultAgent() hub.ID {
	candidates := hub.DefaultAgentCandidates(b.Chatbot, b.Agents)
	if len(candidates) == 0 {
		return ""
	}
	return candidates[0].ID
}
