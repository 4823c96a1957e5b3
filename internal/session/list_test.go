package session_test

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
	for name, quirk := range map[string]func(*mockhub.Quirks){
		"as documented": func(*mockhub.Quirks) {}, "an older deployment": func(q *mockhub.Quirks) { q.SessionsIgnoreTimes, q.ListNewestFirst = true, true },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t, quirk)
			e.AddSessions(e.chatbot, 4, time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC), time.Hour)
			all := []string{"2026-03-01T00:00:00Z", "2026-03-01T01:00:00Z", "2026-03-01T02:00:00Z", "2026-03-01T03:00:00Z"}
			s := e.Server(t)
			listed := func(filters map[string]string) []acctest.Listed {
				filters["chatbot_id"] = e.chatbot
				return s.List("aichatbothub_session", acctest.Strings(filters), false, 0)
			}
			for name, c := range map[string]struct {
				filters map[string]string
				want    []string
			}{
				"none":    {map[string]string{}, all},
				"after":   {map[string]string{"created_after": all[2]}, all[2:]},
				"before":  {map[string]string{"created_before": all[1]}, all[:2]},
				"between": {map[string]string{"created_after": "2026-03-01T02:30:00+02:00", "created_before": all[2]}, all[1:3]},
				"nothing": {map[string]string{"created_after": "2026-03-02T00:00:00Z"}, nil},
			} {
				var got []string
				for _, r := range listed(c.filters) {
					s.Clean(r.Diagnostics)
					got = append(got, r.Name)
				}
				if !slices.Equal(got, c.want) {
					t.Errorf("%s: %q, want %q", name, got, c.want)
				}
			}
			for _, filters := range []map[string]string{{"created_after": "soon"}, {"created_before": "2026-03-01"}, {"created_after": all[1], "created_before": all[0]}} {
				if wrong := listed(filters); len(wrong) != 1 || len(wrong[0].Diagnostics) == 0 {
					t.Errorf("%v is taken: %v", filters, wrong)
				}
			}
			if wrong := s.List("aichatbothub_session", nil, false, 0); len(wrong) != 1 || len(wrong[0].Diagnostics) == 0 {
				t.Errorf("no chatbot is taken: %v", wrong)
			}
		})
	}
}
