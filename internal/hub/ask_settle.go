package hub

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
)

// stillAnswering is how many settle times a message may need to get into the list when nobody has said that the service is done: it goes
// on answering when nobody listens.
const stillAnswering = 12

// farewell bounds the look for the message of a caller who has left.
const farewell = 10 * time.Second

// answer is what came of one question, and finds the message of it.
type answer struct {
	client  *Client
	talk    *talk
	session ID
	query   string
	since   func() time.Time // what is older is not its message, whatever the list from before lacked; see serviceClock.from
	text    string           // all of the answer, or what came before err, without half a character at its end
	err     error            // nil when the answer ended as it should
}

// settle looks for the message until it is there with its answer, or has had the time to be.
func (a *answer) settle(ctx context.Context) (Message, error) {
	begin := time.Now()
	for step := a.client.settle / 10; ; step = min(2*step, a.client.settle) {
		left, spent := ctx.Err() != nil, time.Since(begin) // before the look, so that one comes after the end
		messages, err := a.look(ctx)
		if err == nil {
			fit, sure := a.candidates(messages)
			last := left || spent >= a.allowed(len(fit))
			if last || len(sure) > 0 {
				a.talk.saw(messages)
			}
			switch {
			case len(sure) == 1:
				return a.judge(ctx, sure[0])
			case len(sure) > 1 || last && len(fit) > 1:
				return Message{}, a.several(ctx, fit)
			case last && len(fit) == 1:
				return a.judge(ctx, fit[0])
			case last:
				return Message{}, a.missing(ctx)
			}
		} else if left || spent >= a.allowed(0) || IsGone(err) || IsUnauthorized(err) {
			return Message{}, a.unseen(ctx, err)
		}
		pause := time.NewTimer(step)
		select {
		case <-pause.C:
		case <-ctx.Done():
			pause.Stop()
		}
	}
}

// allowed is how long to look on, with so many messages that fit. An answer that ended is in the list at once or, where the list lags,
// a little later, and is completed there no later than that.
func (a *answer) allowed(fit int) time.Duration {
	page, _ := errors.AsType[*AnswerError](a.err)
	refusal := AsError(a.err)
	if a.err == nil && fit > 0 || page != nil && page.HTML || refusal != nil && refusal.JSON {
		return a.client.settle
	}
	return stillAnswering * a.client.settle
}

// look lists the session's messages anew. When the caller has left, there is one short look: the message would belong to nobody.
func (a *answer) look(ctx context.Context) ([]Message, error) {
	if ctx.Err() != nil {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(context.WithoutCancel(ctx), farewell)
		defer cancel()
	}
	return a.client.laterMessages(ctx, a.session)
}

// candidates are the new messages with the question's text, and those of them that are surely whole and not of somebody else who asks
// the same at the same time.
func (a *answer) candidates(messages []Message) (fit, sure []Message) {
	for i := range messages {
		m := messages[i]
		if a.talk.seen[m.ID] || !SameText(m.Query, a.query) || older(m.CreatedAt, a.since()) {
			continue
		}
		fit = append(fit, m)
		if a.sure(&m) {
			sure = append(sure, m)
		}
	}
	return fit, sure
}

// sure says whether the service will add nothing to the message, and whether its answer is what came.
func (a *answer) sure(m *Message) bool {
	stored, came := NormalText(said(m.Response)), NormalText(a.text)
	switch {
	case m.failure() != "":
		return true
	case said(m.FinishReason) == "":
		return false
	case a.err != nil:
		return strings.HasPrefix(stored, came)
	}
	return stored == came
}

// judge tells a proper answer from a failure inside the service.
func (a *answer) judge(ctx context.Context, m Message) (Message, error) {
	stored := strings.TrimSpace(said(m.Response))
	switch {
	case m.failure() != "":
		return m, a.failed(ctx, m.ID, "the service failed while it answered: "+a.client.words(ctx, m.failure()))
	case a.err != nil && (stored == "" || !a.sure(&m)): // else the answer was lost on its way here only
		return m, a.failed(ctx, m.ID, a.trouble())
	case stored == "" && strings.TrimSpace(a.text) == "":
		return m, a.failed(ctx, m.ID, "the answer is empty")
	case stored == "":
		m.Response = new(a.text)
	}
	return m, nil
}

// trouble says what was wrong with the request. Where a part of an answer came, "no answer" would be confusing.
func (a *answer) trouble() string {
	if t, ok := errors.AsType[*TransportError](a.err); ok && t.Received != "" {
		return t.Err.Error()
	}
	return a.err.Error()
}

// missing is the error for a question of which the session's list knows nothing.
func (a *answer) missing(ctx context.Context) error {
	switch {
	case a.err != nil:
		return a.failed(ctx, "", a.trouble()+"; the session has no message of the question")
	case strings.TrimSpace(a.text) == "":
		return a.failed(ctx, "", "the answer is empty, and the session has no message of the question")
	}
	return a.failed(ctx, "", "an answer came, but the session has no message of it")
}

// unseen is the error for a question of which no list could be had.
func (a *answer) unseen(ctx context.Context, err error) error {
	e := a.failed(ctx, "", "the session's messages, which would tell, could not be listed: "+err.Error())
	if !IsGone(err) {
		e.Since = a.since()
	}
	return e
}

// several is the error for a question of which more than one message could be.
func (a *answer) several(ctx context.Context, fit []Message) error {
	reason := fmt.Sprintf("the session has %d new messages with this question", len(fit))
	if a.err != nil {
		reason += ", and the answer was lost: " + a.trouble()
	}
	e := a.failed(ctx, "", reason)
	for i := range fit {
		e.Candidates = append(e.Candidates, fit[i].ID)
	}
	return e
}

// failed is the error for a question that has no proper answer.
func (a *answer) failed(ctx context.Context, id ID, reason string) *AskError {
	return &AskError{ID: id, Received: a.client.redact(ctx, a.text), Reason: reason, Err: a.err}
}

// lost gives what had come of an answer that broke off.
func lost(err error) string {
	if t, ok := errors.AsType[*TransportError](err); ok {
		return t.Received
	}
	return ""
}
