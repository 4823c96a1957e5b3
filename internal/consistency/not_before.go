package consistency

import (
	"context"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest"
)

// maxLagLists limits how many lists are sent for an object that lists show too old.
const maxLagLists = 30

// Get returns an object as it was at notBefore or later. notBefore is a modified_at that the caller has seen, or "".
//
// A list can be behind a write (goals.md R5). If it lacks the object, or shows it older than notBefore, it is sent again until it cannot
// be behind any more.
func (c *Collection[T]) Get(ctx context.Context, id ID, notBefore string) (T, bool, error) {
	return Current(ctx, c, notBefore, func() (T, bool, error) { return c.Find(ctx, id) })
}

// Current is Collection.Get for an object that look finds in the lists of c.
//
// Times have whole seconds: a list that is behind shows the first of two writes within a second as if it was the last. So once a list was
// behind, the object is read again a second later.
func Current[T, L AnyObject](ctx context.Context, c *Collection[L], notBefore string, look func() (T, bool, error)) (T, bool, error) {
	lag := c.client.Options.Lag
	end := time.Now().Add(lag)            // by this machine's clock as well: the service's could stand still
	for behind, last := false, false; ; { // last was true when the list began
		object, found, err := look()
		pause := lag / maxLagLists
		switch {
		case err != nil || last:
			return object, found, err
		case c.client.mayBeBehind(found, object, notBefore):
			behind = true
		case behind && found:
			behind, pause = false, time.Second
		default:
			return object, found, nil
		}
		if err := rest.Sleep(ctx, pause); err != nil {
			return object, found, err
		}
		last = !time.Now().Before(end)
		if _, err := c.Fresh(ctx); err != nil {
			return object, found, err
		}
	}
}

// mayBeBehind reports whether what a list shows of an object may be older than notBefore.
func (c *Client) mayBeBehind(found bool, object AnyObject, notBefore string) bool {
	required, err := time.Parse(time.RFC3339, notBefore)
	if err != nil {
		return false
	}
	if at, err := time.Parse(time.RFC3339, object.object().ModifiedAt); found && (err != nil || !at.Before(required)) {
		return false
	}
	now := c.REST.Clock.Now()
	return !now.IsZero() && now.Before(required.Add(c.Options.Lag+time.Second)) // the write was within the second after required
}
