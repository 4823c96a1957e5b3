package hub

import (
	"context"
	"fmt"
	"strings"
	"time"
)

// askLimit bounds one question, its answer and the looks at the list included, and the questions before it in the session not.
const askLimit = 15 * time.Minute

// talk is what this process knows about a session's messages. A session answers one question at a time: it is a conversation.
type talk struct {
	turn  chan struct{} // has an element while a question is being answered
	known bool          // seen has all messages that are not of a question of this process
	seen  map[ID]bool
}

// talk gives the one talk of a session.
func (c *Client) talk(session ID) *talk {
	return kept(&c.talks, session, &talk{turn: make(chan struct{}, 1), seen: map[ID]bool{}})
}

// AskError says that the service took a question, or may have taken it, and that there is no proper answer. The question was not sent
// again: each answer costs credits.
type AskError struct {
	// ID is that of the message that the service keeps all the same; "" when there is none, or none can be told.
	ID ID
	// Candidates are new messages of which one is the question's, when there are several.
	Candidates []ID
	// Since, if not zero, says that no list could be had, so that nothing is known of a message. It is a time of the service that none
	// of the question is older than: see Asked.
	Since time.Time
	// Received is the text that came; empty when none did.
	Received string
	// Reason says what is wrong, with the service's own words where it had some.
	Reason string
	// Err is the error of the request; nil when it succeeded.
	Err error
}

// Error implements error.
func (e *AskError) Error() string { return e.Reason }

// Unwrap gives the error of the request.
func (e *AskError) Unwrap() error { return e.Err }

// Ask sends a question into a session, reads the answer as it comes, and gives the message that the service keeps of both. It sends
// once: a question is sent again only when it was certainly not taken. When the answer is lost, the message is looked for in the
// session's list. IsGone tells whether an error means that the session no longer exists; *AskError, that the question was taken.
func (c *Client) Ask(ctx context.Context, session ID, query string) (Message, error) {
	t := c.talk(session)
	select {
	case t.turn <- struct{}{}:
		defer func() { <-t.turn }()
	case <-ctx.Done():
		return Message{}, context.Cause(ctx)
	}
	ctx, cancel := context.WithTimeoutCause(ctx, askLimit, fmt.Errorf("there was no answer within %s", askLimit))
	defer cancel()
	if !t.known {
		before, err := c.Messages(ctx, session)
		if err != nil {
			return Message{}, err
		}
		t.saw(before)
	}
	since := c.clock.from(time.Now())
	text, err := writeSession(c, session, func() (string, error) {
		return callText(ctx, c, create("/session/{uuid}/message/stream", session), map[string]string{"query": query})
	})
	if err != nil && !IsAmbiguous(err) {
		return Message{}, c.inSession(ctx, session, err)
	}
	a := &answer{client: c, talk: t, session: session, query: query, since: since, text: strings.ToValidUTF8(text+lost(err), ""), err: err}
	return a.settle(ctx)
}

// saw notes that the session has these messages.
func (t *talk) saw(messages []Message) {
	for i := range messages {
		t.seen[messages[i].ID] = true
	}
	t.known = true
}
