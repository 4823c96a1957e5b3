package chatbot_test

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
	for i, bot := range []mockhub.Chatbot{{Name: "Support"}, {Name: "Sales", Visibility: "public"}, {Name: "Support for partners", Visibility: "public"}} {
		bot.CreatedAt = e.Clock().Now().Add(time.Duration(i) * time.Minute)
		e.AddChatbot(bot)
	}
	s := e.Server(t)
	for name, c := range map[string]struct {
		filters map[string]string
		want    []string
	}{
		"none":       {nil, []string{"Support", "Sales", "Support for partners"}},
		"name":       {map[string]string{"name_regex": "^Support"}, []string{"Support", "Support for partners"}},
		"visibility": {map[string]string{"visibility": "public"}, []string{"Sales", "Support for partners"}},
		"default":    {map[string]string{"visibility": "private"}, []string{"Support"}},
		"both":       {map[string]string{"visibility": "public", "name_regex": "^Support"}, []string{"Support for partners"}},
		"nothing":    {map[string]string{"visibility": "hybrid"}, nil},
	} {
		var got []string
		for _, r := range s.List("aichatbothub_chatbot", acctest.Strings(c.filters), false, 0) {
			s.Clean(r.Diagnostics)
			got = append(got, r.Name)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	for filter, value := range map[string]string{"visibility": "secret", "name_regex": "["} {
		if all := s.List("aichatbothub_chatbot", acctest.Strings(map[string]string{filter: value}), false, 0); len(all) != 1 || len(all[0].Diagnostics) == 0 {
			t.Errorf("%s = %q is taken: %v", filter, value, all)
		}
	}
}
