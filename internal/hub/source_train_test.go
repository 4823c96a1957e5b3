package hub

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

const (
	restartRoute  = "POST " + restartPath
	rescrapeRoute = "POST " + rescrapePath
)

// TestTrainAll: many sources are trained in few requests. If a request is refused, the smallest number of sources fails.
func TestTrainAll(t *testing.T) {
	t.Parallel()
	const files, pages = 250, 120
	for name, c := range map[string]struct {
		quirks            mockhub.Quirks
		unknown           int // sources that do not exist
		restart, rescrape int // the most requests
		failed            int
	}{
		"default":                {restart: 3, rescrape: 2},
		"results per item":       {quirks: mockhub.Quirks{RestartPerItem: true}, restart: 3, rescrape: 2},
		"videos":                 {quirks: mockhub.Quirks{LinkType: "video"}, restart: 5, rescrape: 2},
		"no re-scrape":           {quirks: mockhub.Quirks{RescrapeMissing: "page"}, restart: 5, rescrape: 2},
		"no restart":             {quirks: mockhub.Quirks{RestartMissing: "404"}, restart: 3, rescrape: 5, failed: files},
		"smaller requests":       {quirks: mockhub.Quirks{MaxBulk: 30}, restart: 7 + 7 + 3, rescrape: 7 + 1},
		"one does not exist":     {unknown: 1, restart: 3 + 2*7, rescrape: 3, failed: 1},
		"one does not exist, 2":  {unknown: 1, quirks: mockhub.Quirks{RestartPerItem: true}, restart: 3, rescrape: 3, failed: 1},
		"several do not exist":   {unknown: 3, restart: 3 + 3*2*7, rescrape: 5, failed: 3},
		"neither of the two":     {quirks: mockhub.Quirks{RestartMissing: "404", RescrapeMissing: "405"}, restart: 5, rescrape: 5, failed: files + pages},
		"an answer of one kind":  {quirks: mockhub.Quirks{RestartPerItem: true, RescrapeMissing: "404"}, restart: 5, rescrape: 2},
		"refused, not by source": {quirks: mockhub.Quirks{RestartMissing: "page"}, restart: 3, rescrape: 5, failed: files},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h, client := mock(t, c.quirks)
			bot := h.AddChatbot(mockhub.Chatbot{})
			sources := map[ID]SourceKind{}
			for i := range files {
				sources[ID(h.AddSource(bot, mockhub.Source{Type: "upload", FileName: fmt.Sprintf("%d.md", i), Status: "success"}))] = SourceOfFile
			}
			for i := range pages {
				sources[ID(h.AddSource(bot, mockhub.Source{Type: "link", FileName: fmt.Sprintf("https://example.com/%d", i), Status: "success"}))] = SourceOfPage
			}
			for i := range c.unknown {
				sources[thingID(i)] = SourceOfFile
			}
			failed := client.TrainAll(t.Context(), ID(bot), sources)
			if n := h.Count(restartRoute); n > c.restart || n == 0 {
				t.Errorf("%d restarts, want at most %d", n, c.restart)
			}
			if n := h.Count(rescrapeRoute); n > c.rescrape || n == 0 {
				t.Errorf("%d re-scrapes, want at most %d", n, c.rescrape)
			}
			if len(failed) != c.failed {
				t.Errorf("%d failed, want %d", len(failed), c.failed)
			}
			for id, err := range failed {
				if !strings.Contains(err.Error(), "The other request") {
					t.Errorf("%s: %v", id, err)
					break
				}
			}
			trained := 0
			for _, s := range h.Sources(bot) {
				if s.Trainings == 2 {
					trained++
				} else if failed[ID(s.UUID)] == nil {
					t.Errorf("%s was trained %d times", s.UUID, s.Trainings)
				}
			}
			if want := files + pages - c.failed + c.unknown; trained != want {
				t.Errorf("%d were trained again, want %d", trained, want)
			}
		})
	}
}

// TestTrainAllInterrupted: after an interrupt nothing more is sent, and each source has the reason.
func TestTrainAllInterrupted(t *testing.T) {
	t.Parallel()
	h, client := mock(t, mockhub.Quirks{})
	bot := h.AddChatbot(mockhub.Chatbot{})
	sources := map[ID]SourceKind{}
	for i := range 3 {
		sources[ID(h.AddSource(bot, mockhub.Source{Type: "upload", FileName: fmt.Sprintf("%d.md", i), Status: "success"}))] = SourceOfFile
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	failed := client.TrainAll(ctx, ID(bot), sources)
	for id := range sources {
		if !errors.Is(failed[id], context.Canceled) {
			t.Errorf("%s: %v", id, failed[id])
		}
	}
	if n := h.Count(""); n > 0 {
		t.Errorf("%d requests", n)
	}
}
