package hub

import (
	"cmp"
	"time"
)

// MaxDefaultAgentDelay is the largest difference between the creation times of a chatbot and of its default agent, by the service's clock
// (api.md §3).
const MaxDefaultAgentDelay = 5 * time.Second

// UndecidedDefaultAgents returns the agents that could be candidates, too, if the answers had what is missing: a time or the type. A field
// in an unknown form counts as missing (api.md §1).
func UndecidedDefaultAgents(bot Chatbot, agents []Agent) []Agent {
	var found []Agent
	for _, a := range agents {
		_, botKnown := bot.CreatedBefore(time.Unix(0, 0))
		_, known := a.CreatedBefore(time.Unix(0, 0))
		undated := !botKnown || !known
		if (a.Type == "" || a.Type == UserFacing) && (undated || a.Type == "" && createdTogether(bot.CreatedAt, a.CreatedAt)) {
			found = append(found, a)
		}
	}
	return found
}

// defaultAgentName is the name that the service gives a default agent (api.md §3).
const defaultAgentName = "General Q&A"

// DefaultAgentCandidates returns the agents that can be the one that the service created together with the chatbot, the most likely
// first. No answer marks the default agent, so these are the user-facing agents that were created within MaxDefaultAgentDelay of the
// chatbot. An older agent is more likely. Among agents of the same second one that uses all sources is more likely, and then one with the
// name of a new default agent, because the service creates it with both (api.md §3).
func DefaultAgentCandidates(bot Chatbot, agents []Agent) []Agent {
	var found []Agent
	for _, a := range agents {
		if a.Type == UserFacing && createdTogether(bot.CreatedAt, a.CreatedAt) {
			found = append(found, a)
		}
	}
	return SortedFunc(found, func(a, b Agent) int {
		return cmp.Or(cmp.Compare(a.CreatedAt, b.CreatedAt), falseLast(a.UsesAllSources(), b.UsesAllSources()),
			falseLast(a.Name == defaultAgentName, b.Name == defaultAgentName), cmp.Compare(a.ID, b.ID))
	})
}

// NewDefaultAgent returns a default agent with the settings of which it is known how the service creates it (api.md §3).
func NewDefaultAgent() Agent {
	return Agent{Name: defaultAgentName, Type: UserFacing, Enabled: new(Bool(true)), Meta: AgentMeta{UseAllSources: new(Bool(true))}}
}

// UsesAllSources reports whether an agent answers from all sources of its chatbot. An answer without the setting means that it does not.
func (a Agent) UsesAllSources() bool {
	return a.Meta.UseAllSources != nil && bool(*a.Meta.UseAllSources)
}

// falseLast compares two conditions: one that holds comes first.
func falseLast(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}

// createdTogether reports whether two times of the service differ by at most MaxDefaultAgentDelay.
func createdTogether(a, b string) bool {
	ta, errA := time.Parse(time.RFC3339, a)
	tb, errB := time.Parse(time.RFC3339, b)
	return errA == nil && errB == nil && ta.Sub(tb).Abs() <= MaxDefaultAgentDelay
}
