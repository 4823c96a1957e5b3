package sourcetag_test

import (
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
	for _, name := range []string{"team-sales", "Outdated", "team-support"} {
		e.Clock().Advance(time.Minute)
		e.AddTag(bot, mockhub.SourceTag{Name: name})
	}
	s := e.Server(t)
	for name, c := range map[string]struct {
		filters map[string]string
		want    []string
	}{
		"none":    {nil, []string{"team-sales", "Outdated", "team-support"}},
		"chatbot": {map[string]string{"chatbot_id": bot}, []string{"team-sales", "Outdated", "team-support"}},
		"name":    {map[string]string{"name_regex": "^team-"}, []string{"team-sales", "team-support"}},
		"nothing": {map[string]string{"chatbot_id": bot, "name_regex": "^Team"}, nil},
	} {
		var got []string
		for _, r := range s.List("aichatbothub_source_tag", acctest.Strings(c.filters), false, 0) {
			s.Clean(r.Diagnostics)
			got = append(got, r.Name)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	for filter, value := range map[string]string{"chatbot_id": "Support", "name_regex": "["} {
		if all := s.List("aichatbothub_source_tag", acctest.Strings(map[string]string{filter: value}), false, 0); len(all) != 1 || len(all[0].Diagnostics) == 0 {
			t.Errorf("%s = %q is taken: %v", filter, value, all)
		}
	}
}
