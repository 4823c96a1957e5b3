package main

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// training counts lists while 100 sources train (P3). Terraform makes all of them at once, so that they train side by side.
func training(ctx context.Context, b *bench) error {
	took := time.Minute
	if b.short {
		took = 15 * time.Second
	}
	lists := map[string]int{}
	for _, provider := range []string{ours, naive} {
		w, err := b.empty(ctx, configuration, mockhub.Quirks{TrainingTime: took})
		if err != nil {
			return err
		}
		_, err = w.command(ctx, provider, "apply", "-auto-approve", "-parallelism=100", "-target=aichatbothub_source.faq", sources(100))
		lists[provider] = w.hub.Count("GET /chatbot/{uuid}/data-sources")
		w.end()
		if err != nil {
			return err
		}
	}
	goal := int(took/(5*time.Second)) + 2
	b.add("P3", fmt.Sprintf("lists while 100 sources train for %s", took), count(lists[ours]), count(lists[naive]), "0", "0", count(goal), lists[ours] <= goal)
	return nil
}

// limit is the service's, in requests a minute, for P5.
const limit = 60

// limited makes tags under the limit (P5).
func limited(ctx context.Context, b *bench) error {
	if b.short {
		return nil // minutes of waiting; tests count the requests within a cooldown
	}
	w, err := b.empty(ctx, header+chatbotBlock+`
resource "aichatbothub_source_tag" "t" {
  count      = 150
  chatbot_id = aichatbothub_chatbot.bot.id
  name       = "Tag ${count.index}"
  color      = "#0071F9"
}
`, mockhub.Quirks{RequestsPerMinute: limit})
	if err != nil {
		return err
	}
	defer w.end()
	_, failed := w.command(ctx, ours, "apply", "-auto-approve")
	requests := w.hub.Requests()
	l := follow(requests)
	failures := 0
	if failed != nil {
		failures = 1
	}
	took := requests[len(requests)-1].At.Sub(requests[0].At)
	b.add("P5", fmt.Sprintf("failed runs: 150 tags at %d requests a minute, in %.0f s", limit, took.Seconds()), count(failures), "", "", "", "0", failed == nil)
	b.add("P5", "requests before a cooldown ends", count(l.early), "", "", "", "0", l.early == 0)
	goodput := float64(l.served) / float64(max(l.windows, 1)*limit)
	b.add("P5", "share of the limit that is used", fmt.Sprintf("%.0f %%", 100*goodput), "", "", "", "95 %", goodput >= 0.95)
	return nil
}

// use is how a limit was used: requests in spite of a cooldown, and those that were served in the windows that ended before the run.
type use struct{ early, served, windows int }

// follow goes through the requests of a run. Those that were under way when the first 429 was answered are not early.
func follow(requests []mockhub.Request) use {
	var u use
	last := requests[len(requests)-1].At
	var ends, told time.Time // of the window, and of the news that it is used up
	for _, r := range requests {
		if !r.At.Before(ends) {
			ends, told = r.At.Add(time.Minute), time.Time{}
			if ends.Before(last) {
				u.windows++
			}
		}
		switch {
		case !told.IsZero() && r.At.After(told):
			u.early++
		case r.Status == http.StatusTooManyRequests && told.IsZero():
			told = r.At.Add(latency + latency/2)
		case r.Status == http.StatusOK && ends.Before(last):
			u.served++
		}
	}
	return u
}
