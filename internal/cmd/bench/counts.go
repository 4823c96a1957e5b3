package main

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// training counts lists while 100 sources train (P3). Terraform creates all of them concurrently, so that they train at the same time.
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
	b.add("P3", fmt.Sprintf("lists while 100 sources train for %s", took), count(lists[ours]), count(lists[naive]), "0", count(goal), lists[ours] <= goal)
	return nil
}

// limit is the request limit of the mock for P5, in requests per minute.
const limit = 60

// limited creates source tags while requests are limited (P5).
func limited(ctx context.Context, b *bench) error {
	if b.short {
		return nil // it takes minutes
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
	l := limitUse(requests)
	failures := 0
	if failed != nil {
		failures = 1
	}
	took := requests[len(requests)-1].At.Sub(requests[0].At)
	b.add("P5", fmt.Sprintf("failed runs: 150 tags at %d requests a minute, in %.0f s", limit, took.Seconds()), count(failures), "", "", "0", failed == nil)
	b.add("P5", "requests before a cooldown ends", count(l.early), "", "", "0", l.early == 0)
	goodput := float64(l.served) / float64(max(l.windows, 1)*limit)
	b.add("P5", "used share of the limit", fmt.Sprintf("%.0f %%", 100*goodput), "", "", "95 %", goodput >= 0.95)
	return nil
}

// use says how a limit was used: the number of requests before a cooldown ended, the number of full windows, and the number of requests
// that were served in full windows.
type use struct{ early, served, windows int }

// limitUse returns how the requests of a run used the limit. Requests that were sent before the first 429 was received are not early.
func limitUse(requests []mockhub.Request) use {
	var u use
	last := requests[len(requests)-1].At
	var ends, told time.Time // the end of the window, and the time when a 429 was received in it
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
