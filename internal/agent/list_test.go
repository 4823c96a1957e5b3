package agent_test

import (
	"bytes"
	"slices"
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
	for _, a := range []mockhub.Agent{{Name: "Orders"}, {Name: "Labels", Type: "background"}, {Name: "Order labels", Type: "background"}, {Name: "Later", Type: "voice"}} {
		e.Clock().Advance(time.Minute)
		e.AddAgent(bot, a)
	}
	s := e.Server(t)
	for name, c := range map[string]struct {
		filters map[string]string
		want    []string
	}{
		"none":          {nil, []string{"General Q&A", "Orders", "Labels", "Order labels", "Later"}},
		"chatbot":       {map[string]string{"chatbot_id": bot}, []string{"General Q&A", "Orders", "Labels", "Order labels", "Later"}},
		"name":          {map[string]string{"name_regex": "Order"}, []string{"Orders", "Order labels"}},
		"type":          {map[string]string{"type": "background"}, []string{"Labels", "Order labels"}},
		"type and name": {map[string]string{"chatbot_id": bot, "type": "background", "name_regex": "^Order"}, []string{"Order labels"}},
		"nothing":       {map[string]string{"type": "spam-defense"}, nil},
	} {
		var got []string
		for _, r := range s.List("aichatbothub_agent", acctest.Strings(c.filters), false, 0) {
			s.Clean(r.Diagnostics)
			got = append(got, r.Name)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	for filter, value := range map[string]string{"type": "voice", "chatbot_id": "Support", "name_regex": "["} {
		if all := s.List("aichatbothub_agent", acctest.Strings(map[string]string{filter: value}), false, 0); len(all) != 1 || len(all[0].Diagnostics) == 0 {
			t.Errorf("%s = %q is taken: %v", filter, value, all)
		}
	}
}

// TestLeftoverSources: sources that an agent of all sources has been left with say nothing, and what Terraform generates for it is valid.
func TestLeftoverSources(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t)
	bot := e.AddChatbot(mockhub.Chatbot{})
	e.Inject(mockhub.Fault{Route: "GET /chatbot/{uuid}/agents", Times: -1, Mutate: func(answer []byte) []byte {
		return bytes.ReplaceAll(answer, []byte(`"data_source_uuids":[]`), []byte(`"data_source_uuids":["`+bot+`"]`))
	}})
	s := e.Server(t)
	identity := map[string]string{"chatbot_id": bot, "id": e.DefaultAgent(bot)}
	for _, typeName := range []string{"aichatbothub_agent", "aichatbothub_default_agent"} {
		changes, diags := s.PlanImported(typeName, identity)
		s.Clean(diags)
		if len(changes) > 0 {
			t.Errorf("the generated %s changes %v", typeName, changes)
		}
	}
}
