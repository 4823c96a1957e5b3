package hub

import (
	"context"
	"maps"
	"slices"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest"
)

// The default pauses of Config.
const (
	repeatFirst = 5 * time.Second
	repeatNext  = 15 * time.Second
)

// PauseBeforeRepeat waits before questions are asked again, for the first time or, with a larger n, once more: after an update of an agent the
// service rebuilds its routing (api.md §4). It returns an error if ctx ends.
func (c *Client) PauseBeforeRepeat(ctx context.Context, n int) error {
	if n > 1 {
		return rest.Sleep(ctx, c.repeatNext)
	}
	return rest.Sleep(ctx, c.repeatFirst)
}

// Redact replaces the API key and what the client remembers in a text of the service, in any encoding.
func (c *Client) Redact(text string) string { return c.rest.Redact(text) }

// Remember hides values in all texts of the service from now on; see rest.Client.Remember.
func (c *Client) Remember(secrets map[string]string) {
	c.rest.Remember(slices.Collect(maps.Values(secrets))...)
}
