package hub

import (
	"context"
	"time"
)

// lagLooks is how many looks there are at a list that is behind, at most.
const lagLooks = 30

type afterKey struct{}

// After says that the caller has seen the object that it is about to look up as it was at modifiedAt, a time of the service. A list that
// lacks the object, or shows it older, may be behind (goals.md R5), and is asked for anew until that can no longer be.
func After(ctx context.Context, modifiedAt string) context.Context {
	at, err := time.Parse(time.RFC3339, modifiedAt)
	if err != nil {
		return ctx
	}
	return context.WithValue(ctx, afterKey{}, at)
}

// current looks an object up until a list shows it as the caller has seen it. With look, the collection is looked through. Times have whole
// seconds: a list that was behind a moment ago can show the first of several writes of one second as if it was the last, so it gets a
// second more.
func current[T, L AnyObject](ctx context.Context, c *Client, col *collection[L], look func() (T, bool, error)) (T, bool, error) {
	end := time.Now().Add(c.lag)        // by our clock too: the service's could stand still
	for lags, late := false, false; ; { // late is said of the moment in which the list was begun
		object, found, err := look()
		pause := c.lag / lagLooks
		switch {
		case err != nil || late:
			return object, found, err
		case c.behind(ctx, found, object):
			lags = true
		case lags && found:
			lags, pause = false, time.Second
		default:
			return object, found, nil
		}
		if err := sleep(ctx, pause); err != nil {
			return object, found, err
		}
		late = !time.Now().Before(end)
		if _, err := col.begunSince(ctx, col.generation(), col.begun()); err != nil {
			return object, found, err
		}
	}
}

// behind says whether what a list shows of an object can be older than what the caller has seen.
func (c *Client) behind(ctx context.Context, found bool, object AnyObject) bool {
	after, ok := ctx.Value(afterKey{}).(time.Time)
	if !ok {
		return false
	}
	if at, err := time.Parse(time.RFC3339, object.object().ModifiedAt); found && (err != nil || !at.Before(after)) {
		return false
	}
	now := c.clock.from(time.Now())()
	return !now.IsZero() && now.Before(after.Add(c.lag+time.Second)) // the write was in the second that begins at after
}
