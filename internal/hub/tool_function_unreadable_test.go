package hub

import (
	"errors"
	"testing"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// TestUnreadableToolFunctions: while the tool functions of an agent cannot be read, none of them counts as deleted. The agent itself, and the
// tool functions of other agents, are read as ever.
func TestUnreadableToolFunctions(t *testing.T) {
	t.Parallel()
	for _, raw := range []string{`7`, `{}`, `"x"`, `[7]`, `[{"name":"x"}]`, `[{"uuid":"x"}]`, `[{"uuid":"` + string(someID) + `"},{"uuid":"` + string(someID) + `"}]`} {
		h, c := mock(t, mockhub.Quirks{})
		bot := h.AddChatbot(mockhub.Chatbot{})
		odd, other := h.AddAgent(bot, mockhub.Agent{}), h.AddAgent(bot, mockhub.Agent{})
		lost, found := h.AddFunction(odd, mockhub.Function{}), h.AddFunction(other, mockhub.Function{})
		h.SetQuirks(func(q *mockhub.Quirks) { q.AnswerFields = map[string]map[string]string{odd: {"tool_functions": raw}} })
		_, err := c.ToolFunction(t.Context(), ID(bot), ID(odd), ID(lost), "")
		if unusable := (*AnswerError)(nil); IsGone(err) || !errors.As(err, &unusable) {
			t.Errorf("%s: the tool function: %v", raw, err)
		}
		if _, err := c.ToolFunctions(t.Context(), ID(bot), ID(odd)); IsGone(err) || err == nil {
			t.Errorf("%s: the list: %v", raw, err)
		}
		if err := c.DeleteToolFunction(t.Context(), ID(bot), ID(odd), ID(lost)); err != nil {
			t.Errorf("%s: the delete: %v", raw, err)
		}
		if err := c.DeleteToolFunction(t.Context(), ID(bot), ID(odd), ID(lost)); err != nil {
			t.Logf("%s: the second delete: %v", raw, err)
		}
		if _, err := c.Agent(t.Context(), ID(bot), ID(odd), ""); err != nil {
			t.Errorf("%s: the agent: %v", raw, err)
		}
		if f, err := c.ToolFunction(t.Context(), ID(bot), ID(other), ID(found), ""); err != nil || f.ID != ID(found) {
			t.Errorf("%s: the tool function of the other agent: %v", raw, err)
		}
	}
}
