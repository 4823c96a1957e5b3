package hub

import (
	"context"
	"sync"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/consistency"
)

// Contents are the numbers of what a chatbot contains. A number that is not known is nil.
type Contents struct {
	Agents, Sources *int
	Sessions        *int // those that are not older than the period
}

// Contents counts what a chatbot contains: its agents, its sources, and its sessions of the last period. The three lists are requested at the
// same time, and all of them together take limit at most. A list that fails or is late has no number. The only error is a GoneError, if the
// chatbot does not exist.
func (c *Client) Contents(ctx context.Context, chatbot ID, period, limit time.Duration) (Contents, error) {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	now := c.shared.REST.Clock.Now()
	if now.IsZero() { // no answer so far has told the service's time
		now = time.Now()
	}
	var found Contents
	var gone error
	var mu sync.Mutex
	var lists sync.WaitGroup
	count := func(into **int, list func() (int, error)) {
		lists.Go(func() {
			n, err := consistency.Recovered(list)
			mu.Lock()
			defer mu.Unlock()
			switch {
			case err == nil:
				*into = &n
			case IsGone(err):
				gone = err
			}
		})
	}
	count(&found.Agents, func() (int, error) { all, err := c.Agents(ctx, chatbot); return len(all), err })
	count(&found.Sources, func() (int, error) { all, err := c.Sources(ctx, chatbot); return len(all), err })
	count(&found.Sessions, func() (int, error) {
		all, err := c.Sessions(ctx, chatbot, now.Add(-period), time.Time{})
		return len(all), err
	})
	lists.Wait()
	if gone != nil {
		return Contents{}, gone
	}
	return found, nil
}
