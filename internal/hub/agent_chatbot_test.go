package hub

import (
	"fmt"
	"testing"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// TestChatbotOfAgent: the chatbot is known after a list or a create that contained the agent. Otherwise at most limit chatbots are listed.
func TestChatbotOfAgent(t *testing.T) {
	t.Parallel()
	h, c := mock(t, mockhub.Quirks{})
	var agents []ID
	for i := range 4 {
		bot := h.AddChatbot(mockhub.Chatbot{UUID: fmt.Sprintf("%032x", i+1), Name: fmt.Sprint("bot ", i)})
		agents = append(agents, ID(h.AddAgent(bot, mockhub.Agent{})))
	}
	bot := func(i int) ID { return ID(fmt.Sprintf("%032x", i+1)) }
	expect := func(agent ID, limit, want int) {
		t.Helper()
		known, ok := c.ChatbotOfAgent(t.Context(), agent, limit)
		if ok != (want >= 0) || ok && known.ID != bot(want) {
			t.Errorf("with %d lists: %v %t, want bot %d", limit, known, ok, want)
		}
	}
	expect(agents[3], 3, -1)
	if got := h.Count("GET /chatbot/{uuid}/agents"); got != 3 {
		t.Errorf("%d lists, want 3", got)
	}
	expect(agents[3], 4, 3)
	expect(agents[3], 0, 3) // recorded by the list
	expect(someID, 10, -1)
	if !c.HasSeenAgent(bot(0), agents[0]) || c.HasSeenAgent(bot(1), agents[0]) || c.HasSeenAgent(bot(0), someID) {
		t.Error("HasSeenAgent does not match what was listed")
	}

	made, err := c.CreateAgent(t.Context(), bot(2), AgentSettings{Type: UserFacing, Name: new("new")})
	if err != nil || !c.HasSeenAgent(bot(2), made.ID) {
		t.Errorf("a created agent is not known: %v", err)
	}
	if _, err := c.CreateAgent(t.Context(), someID, AgentSettings{Type: UserFacing, Name: new("new")}); err == nil || c.HasSeenAgent(someID, "") {
		t.Errorf("a failed create (%v) recorded an agent", err)
	}

	h.Inject(mockhub.Fault{Route: "GET /chatbot/{uuid}/agents", Status: 403})
	expect(made.ID, 0, 2)
	h.Inject(mockhub.Fault{Route: "GET /chatbots", Status: 403})
	c = clientFor(t, c.rest.BaseURL.String()) // a new client, which has recorded nothing
	expect(agents[0], 10, -1)
}
