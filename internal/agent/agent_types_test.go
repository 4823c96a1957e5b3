package agent_test

import (
	"net/url"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// client is a client of a test's service.
func client(t *testing.T, e *acctest.Env) *hub.Client {
	t.Helper()
	u, err := url.Parse(e.URL)
	if err != nil {
		t.Fatal(err)
	}
	return hub.New(hub.Config{BaseURL: u, APIKey: e.Key()})
}

// TestAgentTypes compares the table of agent types in hub with the mock server, which has a table of its own: for each type and setting,
// whether the service accepts the setting, and for each type, whether it accepts a second agent.
func TestAgentTypes(t *testing.T) {
	t.Parallel()
	settings := hub.AgentSettings{
		AgentMeta: hub.AgentMeta{Model: new("gpt-4o-8k"), Temperature: new(hub.Number(0.5)), Bias: new(hub.Number(0.5)), Stickness: new(hub.Number(0.5)),
			DefaultMessage: new("Hello"), Tags: &[]hub.AgentTag{}, UseAllSources: new(hub.Bool(true))},
		Name: new("B"), Description: new("D"), Prompt: new("P"), Enabled: new(hub.Bool(true)), DataSourceUUIDs: &[]hub.ID{}, Variables: &[]hub.AgentVariable{},
		HumanEscalationSettings: &hub.EscalationSettings{HumanRequestedMessage: new("Wait")},
	}
	for _, agentType := range hub.AgentTypes {
		e := acctest.Start(t)
		chatbot := e.SeedChatbot()
		id := hub.ID(e.AddAgent(chatbot, mockhub.Agent{Name: "A", Type: agentType}))
		c := client(t, e)
		_, err := c.CreateAgent(t.Context(), hub.ID(chatbot), hub.AgentSettings{Type: agentType, Name: new("Second")})
		if refused := err != nil; refused != slices.Contains(hub.SingletonAgentTypes, agentType) {
			t.Errorf("a second %s agent: %v", agentType, err)
		}
		count := 0
		for _, f := range reflect.VisibleFields(reflect.TypeFor[hub.AgentSettings]()) {
			setting, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			if f.Anonymous || setting == "type" { // no update changes the type
				continue
			}
			var one hub.AgentSettings
			reflect.ValueOf(&one).Elem().FieldByIndex(f.Index).Set(reflect.ValueOf(settings).FieldByIndex(f.Index))
			count++
			_, err := c.UpdateAgent(t.Context(), hub.ID(chatbot), id, one)
			want := hub.HasSetting(agentType, setting)
			if agentType == hub.HumanEscalation && setting == "prompt" { // all types have a prompt in answers, so the table does not restrict it
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
