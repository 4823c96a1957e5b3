package hub

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// TestAgentTypes compares the table of agent types with the separate table of the mock server: for each type and setting,
// whether the service accepts the setting, and for each type, whether it accepts a second agent.
func TestAgentTypes(t *testing.T) {
	t.Parallel()
	every := AgentSettings{
		AgentMeta: AgentMeta{Model: new("gpt-4o-8k"), Temperature: new(Number(0.5)), Bias: new(Number(0.5)), Stickness: new(Number(0.5)),
			DefaultMessage: new("Hello"), Tags: &[]AgentTag{}, UseAllSources: new(Bool(true))},
		Name: new("B"), Description: new("D"), Prompt: new("P"), Enabled: new(Bool(true)), DataSourceUUIDs: &[]ID{}, Variables: &[]AgentVariable{},
		HumanEscalationSettings: &EscalationSettings{HumanRequestedMessage: new("Wait")},
	}
	for _, agentType := range AgentTypes {
		h, c := mock(t, mockhub.Quirks{})
		chatbot := h.AddChatbot(mockhub.Chatbot{Name: "Home"})
		id := ID(h.AddAgent(chatbot, mockhub.Agent{Name: "A", Type: agentType}))
		_, err := c.CreateAgent(t.Context(), ID(chatbot), AgentSettings{Type: agentType, Name: new("Second")})
		if refused := err != nil; refused != slices.Contains(SingletonAgentTypes, agentType) {
			t.Errorf("a second %s agent: %v", agentType, err)
		}
		count := 0
		for _, f := range reflect.VisibleFields(reflect.TypeFor[AgentSettings]()) {
			setting, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			if f.Anonymous || setting == "type" { // no update changes the type
				continue
			}
			var one AgentSettings
			reflect.ValueOf(&one).Elem().FieldByIndex(f.Index).Set(reflect.ValueOf(every).FieldByIndex(f.Index))
			count++
			_, err := c.UpdateAgent(t.Context(), ID(chatbot), id, one)
			want := HasSetting(agentType, setting)
			if agentType == HumanEscalation && setting == "prompt" { // all types have a prompt in answers, so the table does not restrict it
				want = false
			}
			if accepted := err == nil; accepted != want {
				t.Errorf("%s of a %s agent: want accepted %t, got %v", setting, agentType, want, err)
			}
		}
		if count != 14 {
			t.Errorf("only %d settings were compared", count)
		}
	}
}
