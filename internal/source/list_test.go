package source_test

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
	add := func(s mockhub.Source, untitled bool) {
		e.Clock().Advance(time.Minute)
		if id := e.AddSource(bot, s); untitled {
			e.EditSource(id, func(s *mockhub.Source) { s.Title = "" })
		}
	}
	add(mockhub.Source{Type: "link", FileName: "https://shop.example.com/help/a", Title: "Help A"}, false)
	add(mockhub.Source{Type: "link", FileName: "https://shop.example.com/about"}, true)
	add(mockhub.Source{Type: "qa", Question: "When do you open?"}, true)
	add(mockhub.Source{FileName: "a.pdf", Title: "Prices", FailsWith: "error:no text"}, false)
	s := e.Server(t)
	for name, c := range map[string]struct {
		filters map[string]string
		want    []string
	}{
		"none":          {nil, []string{"Help A", "https://shop.example.com/about", "When do you open?", "Prices"}},
		"chatbot":       {map[string]string{"chatbot_id": bot}, []string{"Help A", "https://shop.example.com/about", "When do you open?", "Prices"}},
		"title":         {map[string]string{"name_regex": "^Help"}, []string{"Help A"}},
		"file name":     {map[string]string{"name_regex": "^a\\.pdf$"}, []string{"Prices"}},
		"address":       {map[string]string{"name_regex": "^https://shop"}, []string{"Help A", "https://shop.example.com/about"}},
		"type":          {map[string]string{"type": "qa"}, []string{"When do you open?"}},
		"status":        {map[string]string{"status": "error:no text"}, []string{"Prices"}},
		"type and name": {map[string]string{"chatbot_id": bot, "type": "link", "status": "success", "name_regex": "about"}, []string{"https://shop.example.com/about"}},
		"nothing":       {map[string]string{"type": "video"}, nil},
	} {
		var got []string
		for _, r := range s.List("aichatbothub_source", acctest.Strings(c.filters), false, 0) {
			s.Clean(r.Diagnostics)
			got = append(got, r.Name)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	for filter, value := range map[string]string{"chatbot_id": "Support", "name_regex": "["} {
		if all := s.List("aichatbothub_source", acctest.Strings(map[string]string{filter: value}), false, 0); len(all) != 1 || len(all[0].Diagnostics) == 0 {
			t.Errorf("%s = %q is taken: %v", filter, value, all)
		}
	}
}
