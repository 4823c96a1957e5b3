package hub

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/consistency"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest"
)

// askTimeout limits one question, including its answer and the search for its message, but not the wait for earlier questions.
const askTimeout = 15 * time.Minute

// AskError is the error for a question that the service has accepted, or may have accepted, without a usable answer. The question is not
// sent again, because each answer costs credits.
type AskError struct {
	// ID is the message that the service has stored all the same; "" if there is none or it is not known.
	ID ID
	// Candidates are new messages of which one belongs to the question, if there are several.
	Candidates []ID
	// Since is not zero if the session's messages could not be listed, so that nothing is known of a message. It is a time of the service
	// that is not later than the question; see ResolveQuestion.
	Since time.Time
	// Received is the text that was received; empty if there was none.
	Received string
	// Reason describes the problem, with the message of the service if there is one.
	Reason string
	// Err is the error of the request; nil if it succeeded.
	Err error
}

// Error implements error.
func (e *AskError) Error() string { return e.Reason }

// Unwrap returns the error of the request.
func (e *AskError) Unwrap() error { return e.Err }

// Ask sends a question to a session, reads the streamed answer, and returns the message that the service stores. A question is sent again
// only if it was certainly not accepted. If the answer is lost, the message is searched in the session's list. If the session does not
// exist, IsGone of the error is true; an *AskError means that the question was accepted.
func (c *Client) Ask(ctx context.Context, session ID, query string) (Message, error) {
	v := c.conversation(session)
	select {
	case v.turn <- struct{}{}:
		defer func() { <-v.turn }()
	case <-ctx.Done():
		return Message{}, context.Cause(ctx)
	}
	ctx, cancel := context.WithTimeoutCause(ctx, askTimeout, fmt.Errorf("no answer within %s", askTimeout))
	defer cancel()
	if !v.listed {
		before, err := c.Messages(ctx, session)
		if err != nil {
			return Message{}, err
		}
		v.add(before)
	}
	since := c.rest.Clock.From(time.Now())
	text, err := consistency.Write(func() (string, error) {
		return rest.CallText(ctx, c.rest, rest.Create("/session/{uuid}/message/stream", session), map[string]string{"query": query})
	}, c.session(session), c.messages(session))
	if err != nil && !IsAmbiguous(err) {
		return Message{}, c.sessionOfMessageGone(ctx, session, err)
	}
	a := &answer{client: c, conversation: v, session: session, query: query, since: since, text: strings.ToValidUTF8(text+partialText(err), ""), err: err}
	return a.findMessage(ctx)
}

// conversation is the state of a session's messages in this client. A session answers one question at a time.
type conversation struct {
	turn   chan struct{} // has an element while a question is being answered
	listed bool          // known has all messages that are not answers to questions of this client
	known  map[ID]bool
}

// conversation returns the conversation of a session.
func (c *Client) conversation(session ID) *conversation {
	return c.conversations.LoadOrStore(session, &conversation{turn: make(chan struct{}, 1), known: map[ID]bool{}})
}

// add records messages of the session.
func (v *conversation) add(messages []Message) {
	for i := range messages {
		v.known[messages[i].ID] = true
	}
	v.listed = true
}

// partialText returns what was received of an answer that broke off.
func partialText(err error) string {
	if t, ok := errors.AsType[*TransportError](err); ok {
		return t.Received
	}
	return ""
}
