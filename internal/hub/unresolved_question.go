package hub

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/consistency"
)

// ResolveQuestion returns the message of a question whose AskError has Since, which is passed here. If there is no message, the service
// did not accept the question and IsGone of the error is true. If there are several, the error is an *AskError with the candidates.
func (c *Client) ResolveQuestion(ctx context.Context, session ID, query string, since time.Time) (Message, error) {
	col := c.messages(session)
	var fit []Message
	_, _, err := consistency.Current(ctx, col, since.Format(time.RFC3339), func() (m Message, found bool, err error) {
		found, err = col.Look(ctx, func(s *consistency.Snapshot[Message]) bool {
			fit = slices.DeleteFunc(slices.Clone(s.Items), func(m Message) bool {
				before, _ := m.CreatedBefore(since)
				return before || !SameText(m.Query, query)
			})
			return len(fit) > 0
		})
		if found {
			m = fit[0]
		}
		return m, found, err
	})
	switch {
	case err != nil:
		return Message{}, c.sessionOfMessageGone(ctx, session, err)
	case len(fit) > 1:
		return Message{}, &AskError{Candidates: consistency.IDs(fit), Reason: fmt.Sprintf("the session has %d messages with this question that were created since it was asked", len(fit))}
	case len(fit) == 1:
		return fit[0], nil
	}
	if _, err := c.Session(ctx, "", session); err != nil {
		return Message{}, err
	}
	return Message{}, &GoneError{What: "the message of the question"}
}
