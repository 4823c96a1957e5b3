package hub

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// Asked finds the message of a question of which no list could be had when it was asked, since then by the service's clock: an AskError has
// both. IsGone tells whether an error means that there is none: the question was not taken. When there are several, the error is an
// *AskError that names them.
func (c *Client) Asked(ctx context.Context, session ID, query string, since time.Time) (Message, error) {
	col := c.messages(session)
	var fit []Message
	_, _, err := current(After(ctx, since.Format(time.RFC3339)), c, col, func() (m Message, found bool, err error) {
		found, err = col.look(ctx, func(s *snapshot[Message]) bool {
			fit = slices.DeleteFunc(slices.Clone(s.items), func(m Message) bool { return !SameText(m.Query, query) || older(m.CreatedAt, since) })
			return len(fit) > 0
		})
		if found {
			m = fit[0]
		}
		return m, found, err
	})
	if err != nil {
		return Message{}, c.inSession(ctx, session, err)
	}
	if len(fit) == 0 {
		if _, err := c.Session(ctx, "", session); err != nil {
			return Message{}, err
		}
		return Message{}, &GoneError{What: "the message of the question"}
	}
	if len(fit) > 1 {
		return Message{}, &AskError{Candidates: ids(fit), Reason: fmt.Sprintf("the session has %d messages with this question that were made since it was asked", len(fit))}
	}
	return fit[0], nil
}
