package agent

import (
	"strings"
	"testing"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// TestUndatedDefaultAgent: if an answer lacks what tells the default agent, the error says that, and not that the agent may be deleted or is
// none.
func TestUndatedDefaultAgent(t *testing.T) {
	t.Parallel()
	const at = "2026-01-01T00:00:00Z"
	never := func(hub.ID) bool { return false }
	d := defaultFinder{managed: never, left: never, configured: func(hub.Agent) bool { return false }}
	for name, c := range map[string]struct {
		bot       string
		a         hub.Agent
		undecided bool
	}{
		"chatbot without time": {"", dated(at, hub.UserFacing), true}, "chatbot with an odd time": {"soon", dated(at, hub.UserFacing), true},
		"agent without time": {at, dated("", hub.UserFacing), true}, "agent without type": {at, dated(at, ""), true},
		"later agent": {at, dated("2026-01-02T00:00:00Z", hub.UserFacing), false}, "another type": {"", dated("", "background"), false},
	} {
		bot := hub.Chatbot{}
		bot.CreatedAt = c.bot
		_, problem := d.find(bot, []hub.Agent{c.a})
		if got := strings.Contains(problem, "cannot be recognized") && !strings.Contains(problem, "deleted") && strings.Contains(problem, "import it as aichatbothub_default_agent"); got != c.undecided {
			t.Errorf("%s: %s", name, problem)
		}
		if problem == "" {
			t.Errorf("%s: it was found", name)
		}
	}
}

// dated is an agent with this time and type.
func dated(at, agentType string) hub.Agent {
	a := hub.NewDefaultAgent()
	a.ID, a.CreatedAt, a.Type = "43474da7ae3b4b7191ee29c2de798257", at, agentType
	return a
}
