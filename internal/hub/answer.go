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

// answerFactor multiplies the settle time of the client if the request broke off: the service completes an answer that no client reads, so
// its message may be listed later.
const answerFactor = 12

// messageGrace limits the search for the message after the caller's context has ended.
const messageGrace = 10 * time.Second

// answer is the result of one question, for which the message is searched.
type answer struct {
	client       *Client
	conversation *conversation
	session      ID
	query        string
	since        func() time.Time // older messages are not its own, whatever the list before the question lacked; see rest.Clock.From
	text         string           // of the answer, or the part before err, without an incomplete character at its end
	err          error            // nil if the answer is complete
}

// findMessage lists the session's messages until the message is there with its answer, or the time for it has passed.
func (a *answer) findMessage(ctx context.Context) (Message, error) {
	begin := time.Now()
	settle := a.client.shared.Options.Settle
	for step := settle / 10; ; step = min(2*step, settle) {
		left, spent := ctx.Err() != nil, time.Since(begin) // before the list, so that one begins after the end
		messages, err := a.list(ctx)
		if err == nil {
			fit, final := a.candidates(messages)
			last := left || spent >= a.timeout(len(fit))
			if last || len(final) > 0 {
				a.conversation.add(messages)
			}
			switch {
			case len(final) == 1:
				return a.check(final[0])
			case len(final) > 1 || last && len(fit) > 1:
				return Message{}, a.ambiguous(fit)
			case last && len(fit) == 1:
				return a.check(fit[0])
			case last:
				return Message{}, a.noMessage()
			}
		} else if left || spent >= a.timeout(0) || IsGone(err) || IsUnauthorized(err) {
			return Message{}, a.unresolved(err)
		}
		_ = rest.Sleep(ctx, step) // the end of ctx is noticed above
	}
}

// timeout returns how long to list, when so many messages fit. The message of a complete answer is listed at once or, if lists are behind,
// a little later, and has its answer no later than that.
func (a *answer) timeout(fit int) time.Duration {
	settle := a.client.shared.Options.Settle
	page, _ := errors.AsType[*AnswerError](a.err)
	refusal := AsError(a.err)
	if a.err == nil && fit > 0 || page != nil && page.HTML || refusal != nil && refusal.JSON {
		return settle
	}
	return answerFactor * settle
}

// list lists the session's messages now. If ctx has ended, there is one short list: without it, the message would not be in any state.
func (a *answer) list(ctx context.Context) ([]Message, error) {
	if ctx.Err() != nil {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(context.WithoutCancel(ctx), messageGrace)
		defer cancel()
	}
	return a.client.freshMessages(ctx, a.session)
}

// candidates returns the new messages with the text of the question, and those of them that are final and not the message of another
// client that asks the same question at the same time.
func (a *answer) candidates(messages []Message) (fit, final []Message) {
	for i := range messages {
		m := messages[i]
		before, _ := m.CreatedBefore(a.since())
		if before || a.conversation.known[m.ID] || !matchesText(&a.query, shown(m.Query)) {
			continue
		}
		fit = append(fit, m)
		if a.isFinal(&m) {
			final = append(final, m)
		}
	}
	return fit, final
}

// check returns the message, or an error if it is not a usable answer.
func (a *answer) check(m Message) (Message, error) {
	stored := strings.TrimSpace(value(m.Response))
	switch {
	case m.failure() != "":
		return m, a.failed(m.ID, "the service failed while it answered: "+a.client.rest.Sanitize(m.failure(), a.query))
	case a.err != nil && (stored == "" || !a.isFinal(&m)): // otherwise only the connection failed
		return m, a.failed(m.ID, a.requestError())
	case stored == "" && strings.TrimSpace(a.text) == "":
		return m, a.failed(m.ID, "the answer is empty")
	case stored == "":
		m.Response = new(a.text)
	}
	return m, nil
}

// isFinal reports whether the service has completed the message, with the answer that was received.
func (a *answer) isFinal(m *Message) bool {
	stored, received := NormalText(value(m.Response)), NormalText(a.text)
	switch {
	case m.failure() != "":
		return true
	case value(m.FinishReason) == "":
		return false
	case a.err != nil:
		return strings.HasPrefix(stored, received)
	}
	return stored == received
}

// noMessage returns the error for a question that has no message in the session's list.
func (a *answer) noMessage() error {
	switch {
	case a.err != nil:
		return a.failed("", a.requestError()+"; the session has no message with the question")
	case strings.TrimSpace(a.text) == "":
		return a.failed("", "the answer is empty, and the session has no message with the question")
	}
	return a.failed("", "an answer was received, but the session has no message with the question")
}

// unresolved returns the error for a question after which the session's messages could not be listed.
func (a *answer) unresolved(err error) error {
	e := a.failed("", "the session's messages could not be listed, so it is not known whether the question was accepted: "+err.Error())
	if !IsGone(err) {
		e.Since = a.since()
	}
	return e
}

// ambiguous returns the error for a question to which more than one message may belong.
func (a *answer) ambiguous(fit []Message) error {
	reason := fmt.Sprintf("the session has %d new messages with this question", len(fit))
	if a.err != nil {
		reason += ", and the answer was lost: " + a.requestError()
	}
	e := a.failed("", reason)
	e.Candidates = consistency.IDs(fit)
	return e
}

// failed returns the error for a question without a usable answer.
func (a *answer) failed(id ID, reason string) *AskError {
	return &AskError{ID: id, Received: a.client.rest.Redact(a.text, a.query), Reason: reason, Err: a.err}
}

// requestError returns the text of the request's error. "No answer" is left out if a part of the answer was received.
func (a *answer) requestError() string {
	if t, ok := errors.AsType[*TransportError](a.err); ok && t.Received != "" {
		return t.Err.Error()
	}
	return a.err.Error()
}
