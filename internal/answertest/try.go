package answertest

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// errNoChatbot is the error of a case whose chatbot does not exist.
var errNoChatbot = errors.New("the chatbot does not exist")

// openError is the error of a case for which no session could be opened. The error of the next case would be the same.
type openError struct{ err error }

// Error implements error.
func (e *openError) Error() string { return "no session could be opened: " + e.err.Error() }

// Unwrap returns the error of the request.
func (e *openError) Unwrap() error { return e.err }

// notAskedError is the error of a case that was not asked, or not again, because the error of another case ended the run.
type notAskedError struct{ err error }

// Error implements error.
func (e *notAskedError) Error() string { return "not asked after the error of another case" }

// Unwrap returns the error that ended the run.
func (e *notAskedError) Unwrap() error { return e.err }

// verdict is what is known of a case that is asked.
type verdict struct {
	testCase
	passes, misses int
	answer         string   // the last one
	problems       []string // what is wrong with it
	session        hub.ID   // of the last miss; "" if there is none
	open           hub.ID   // the session of the try that is under way
	err            error    // why the case could not be measured
}

// tried returns the number of tries that were measured.
func (v *verdict) tried() int { return v.passes + v.misses }

// passed reports whether the case has passed: the first time, or in more than half of all tries.
func (v *verdict) passed(tries int) bool {
	return v.err == nil && (v.misses == 0 && v.passes > 0 || 2*v.passes > tries)
}

// missed reports whether the case cannot pass any more. A tie is a miss.
func (v *verdict) missed(tries int) bool { return v.err == nil && 2*(tries-v.misses) <= tries }

// decided reports whether the case need not be asked again.
func (v *verdict) decided(tries int) bool { return v.err != nil || v.passed(tries) || v.missed(tries) }

// try asks a case in a new session, and judges the answer. The session of a miss is kept until the next one. late is the context for the
// deletion of sessions.
func (w *run) try(ctx, late context.Context, v *verdict) error {
	s, err := answerOf(ctx, func() (hub.Session, error) { return w.Hub.CreateSession(ctx, w.plan.chatbot(), w.variables) })
	switch {
	case hub.IsGone(err):
		return errNoChatbot
	case err != nil:
		return &openError{err}
	}
	v.open = s.ID
	var m hub.Message
	for i, question := range v.ask {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if m, err = answerOf(ctx, func() (hub.Message, error) { return w.Hub.Ask(ctx, s.ID, question) }); err != nil {
			return askError(v, i, err)
		}
	}
	v.answer, v.problems = *m.Response, v.judge(m, w.sources)
	if len(v.problems) == 0 {
		v.passes++
		w.dropSessions(v)
	} else {
		v.misses++
		v.open = ""
		w.drop(v.name, v.session)
		v.session = s.ID
	}
	if v.passed(w.tries) {
		w.dropSessions(v)
	}
	w.deleteSessions(late)
	return nil
}

// askError describes why a question has no answer.
func askError(v *verdict, i int, err error) error {
	if len(v.ask) > 1 {
		return fmt.Errorf("question %d of %d: %w", i+1, len(v.ask), err)
	}
	return err
}

// isRefused reports whether the service refused a question or a session, as it does when the account has no credits left.
func isRefused(err error) bool {
	asked, _ := errors.AsType[*hub.AskError](err)
	e := hub.AsError(err)
	return asked == nil && e != nil && !e.HTML && (e.Status == http.StatusBadRequest || e.Status == http.StatusPaymentRequired || e.Status == http.StatusForbidden)
}
