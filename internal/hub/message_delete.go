package hub

import (
	"context"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/consistency"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest"
)

// messageKey identifies a message together with its session, which no answer contains.
type messageKey struct{ session, id ID }

// DeleteMessage deletes a message, together with others that are being deleted, of any session. If it does not exist, that is a success.
func (c *Client) DeleteMessage(ctx context.Context, session, id ID) error {
	return consistency.Delete(ctx, c.shared, "messages", messageKey{session, id}, consistency.Deleter[messageKey]{
		Bulk: func(ctx context.Context, messages []messageKey) error {
			var ids []ID
			for _, m := range messages {
				ids = append(ids, m.id)
			}
			return c.deleteMessages(ctx, messages, rest.Update("/messages/delete"), uuids{ids})
		},
		Single: func(ctx context.Context, m messageKey) error {
			err := c.deleteMessages(ctx, []messageKey{m}, rest.Update("/message/{uuid}/delete", m.id), nil)
			return consistency.Deleted(err, func() error { _, err := c.Message(ctx, m.session, m.id, ""); return err })
		},
		Remaining: c.remainingMessages,
	})
}

// deleteMessages sends a delete of messages, which also changes their sessions.
func (c *Client) deleteMessages(ctx context.Context, messages []messageKey, r rest.Route, body any) error {
	var changed []consistency.Writable
	for session := range sessionsOf(messages) {
		changed = append(changed, c.session(session), c.messages(session))
	}
	_, err := consistency.Write(func() (empty, error) { return rest.Call[empty](ctx, c.rest, r, body) }, changed...)
	return err
}

// remainingMessages returns which messages there are in the sessions of the given ones.
func (c *Client) remainingMessages(ctx context.Context, messages []messageKey) (map[messageKey]bool, error) {
	remaining := map[messageKey]bool{}
	for session := range sessionsOf(messages) {
		listed, err := c.freshMessages(ctx, session)
		if IsGone(err) {
			continue // with all its messages
		}
		if err != nil {
			return nil, err
		}
		for _, m := range listed {
			remaining[messageKey{session, m.ID}] = true
		}
	}
	return remaining, nil
}

// sessionsOf returns the sessions of messages.
func sessionsOf(messages []messageKey) map[ID]bool {
	sessions := map[ID]bool{}
	for _, m := range messages {
		sessions[m.session] = true
	}
	return sessions
}
