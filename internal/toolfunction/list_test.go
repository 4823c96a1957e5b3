package toolfunction_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// TestListFilters is below the CLI, which can query from Terraform 1.14 on. What all lists have in common is tested in internal/provider.
func TestListFilters(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t)
	bot := e.AddChatbot(mockhub.Chatbot{})
	var agents []string
	for _, names := range [][]string{{"find_order", "cancel_order"}, {"find_shop"}} {
		e.Clock().Advance(time.Minute)
		agents = append(agents, e.AddAgent(bot, mockhub.Agent{}))
		for _, name := range names {
			e.Clock().Advance(time.Minute)
			e.AddFunction(agents[len(agents)-1], mockhub.Function{Name: name})
		}
	}
	e.AddFunction(agents[0], mockhub.Function{Name: "late_order"})
	nobody := strings.Repeat("0", 32)
	s := e.Server(t)
	for name, c := range map[string]struct {
		filters map[string]string
		want    []string
	}{
		"none":    {nil, []string{"find_order", "cancel_order", "late_order", "find_shop"}},
		"chatbot": {map[string]string{"chatbot_id": bot}, []string{"find_order", "cancel_order", "late_order", "find_shop"}},
		"agent":   {map[string]string{"chatbot_id": bot, "agent_id": agents[1]}, []string{"find_shop"}},
		"name":    {map[string]string{"name_regex": "^find_"}, []string{"find_order", "find_shop"}},
		"all":     {map[string]string{"chatbot_id": bot, "agent_id": agents[0], "name_regex": "^find_"}, []string{"find_order"}},
		"nothing": {map[string]string{"chatbot_id": bot, "agent_id": e.DefaultAgent(bot)}, nil},
	} {
		var got []string
		for _, r := range s.List("aichatbothub_tool_function", acctest.Strings(c.filters), false, 0) {
			s.Clean(r.Diagnostics)
			got = append(got, r.Name)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	for filter, value := range map[string]string{"chatbot_id": "Support", "agent_id": agents[0], "name_regex": "["} {
		if all := s.List("aichatbothub_tool_function", acctest.Strings(map[string]string{filter: value}), false, 0); len(all) != 1 || len(all[0].Diagnostics) == 0 {
			t.Errorf("%s = %q is taken: %v", filter, value, all)
		}
	}
	for _, chatbot := range []string{bot, nobody} {
		all := s.List("aichatbothub_tool_function", acctest.Strings(map[string]string{"chatbot_id": chatbot, "agent_id": nobody}), false, 0)
		if len(all) != 1 || len(all[0].Diagnostics) != 1 || all[0].Diagnostics[0].Summary != "Agent not found" {
			t.Errorf("an agent that is not there: %v", all)
		}
	}
}
