package hub

import (
	"testing"

	"golang.org/x/sync/errgroup"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// TestUncoalesced: the client that `make bench` compares the provider with sends a list for each reader, and deletes one by one.
func TestUncoalesced(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]struct {
		uncoalesced bool
		reads       int
		bulk        int
	}{"as released": {false, 1, 1}, "naive": {true, 10, 0}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h, c := mock(t, mockhub.Quirks{}, func(cfg *Config) { cfg.Uncoalesced = want.uncoalesced })
			bot := ID(h.AddChatbot(mockhub.Chatbot{}))
			var ids []ID
			for range 10 {
				ids = append(ids, ID(h.AddSource(string(bot), mockhub.Source{})))
			}
			each := func(do func(ID) error) {
				t.Helper()
				var all errgroup.Group
				for _, id := range ids {
					all.Go(func() error { return do(id) })
				}
				if err := all.Wait(); err != nil {
					t.Fatal(err)
				}
			}
			each(func(id ID) error { _, err := c.Source(t.Context(), bot, id, ""); return err })
			if got := h.Count("GET /chatbot/{uuid}/data-sources"); got != want.reads {
				t.Errorf("%d lists, want %d", got, want.reads)
			}
			each(func(id ID) error { return c.DeleteSource(t.Context(), bot, id) })
			if got := h.Count("POST /data-sources/delete"); got != want.bulk {
				t.Errorf("%d bulk requests, want %d", got, want.bulk)
			}
			if left := h.Sources(string(bot)); len(left) > 0 {
				t.Errorf("%d sources are left", len(left))
			}
		})
	}
}
