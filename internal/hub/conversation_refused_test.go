package hub

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// TestAskRefused: after a refusal by the application there is no answer, and no list is needed.
func TestAskRefused(t *testing.T) {
	t.Parallel()
	for name, f := range map[string]mockhub.Fault{
		"400": {Status: 400}, "401": {Status: 401}, "403": {Status: 403}, "404": {Status: 404}, "409": {Status: 409}, "422": {Status: 422, Body: `[{"loc":["query"],"msg":"too long"}]`},
		"429 for ever": {Status: 429, Times: -1}, "200 and an error": {Status: 200, Body: `{"error": "out of credits"}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := serviceOverHTTP(t, mockhub.Quirks{})
			f.Route = streamRoute
			s.Inject(f)
			_, err := s.ask(t.Context(), hello)
			if e := AsError(err); e == nil || IsGone(err) || e.Status != f.Status {
				t.Errorf("%v", err)
			}
			if _, taken := errors.AsType[*AskError](err); taken || s.Answers() != 0 || s.Count(messagesRoute) != 1 {
				t.Errorf("%v, %d answers, %d lists", err, s.Answers(), s.Count(messagesRoute))
			}
		})
	}
}

func TestAskAfter429(t *testing.T) {
	t.Parallel()
	s := serviceOverHTTP(t, mockhub.Quirks{})
	s.Inject(mockhub.Fault{Route: streamRoute, RetryAfter: "0"})
	if m, err := s.ask(t.Context(), hello); err != nil || *m.Response != mockhub.NoAnswer {
		t.Errorf("%+v, %v", m, err)
	}
	if s.Answers() != 1 || s.Count(streamRoute) != 2 {
		t.Errorf("%d answers to %d tries", s.Answers(), s.Count(streamRoute))
	}
}

// TestAskUnreachable: without a connection, the question was not accepted.
func TestAskUnreachable(t *testing.T) {
	t.Parallel()
	s := serviceOverHTTP(t, mockhub.Quirks{})
	next := networkOf(s.Client).next
	networkOf(s.Client).next = tripFunc(func(r *http.Request) (*http.Response, error) {
		if r.Method == http.MethodPost {
			return nil, errors.New("connection refused")
		}
		return next.RoundTrip(r)
	})
	_, err := s.ask(t.Context(), hello)
	te, ok := errors.AsType[*TransportError](err)
	if _, taken := errors.AsType[*AskError](err); !ok || te.Sent || taken {
		t.Error(err)
	}
}

// TestAskInEndedSessions: a session that has ended refuses questions and exists. A deleted session is gone, whatever the status.
func TestAskInEndedSessions(t *testing.T) {
	t.Parallel()
	for _, status := range []int{400, 403, 404, 409} {
		t.Run(fmt.Sprint(status), func(t *testing.T) {
			t.Parallel()
			s := serviceOverHTTP(t, mockhub.Quirks{EndedStatus: status, UnknownStatus: status % 409})
			if _, err := s.ask(t.Context(), hello); err != nil {
				t.Fatal(err)
			}
			s.EndSession(string(s.session))
			if _, err := s.ask(t.Context(), hello); IsGone(err) || AsError(err) == nil || AsError(err).Status != status {
				t.Errorf("ended: %v", err)
			}
			s.RemoveSession(string(s.session))
			if _, err := s.ask(t.Context(), hello); !IsGone(err) {
				t.Errorf("deleted, after its messages were listed: %v", err)
			}
			if _, err := s.Ask(t.Context(), someID, hello); !IsGone(err) {
				t.Errorf("never existed: %v", err)
			}
			if s.Answers() != 1 {
				t.Errorf("%d answers", s.Answers())
			}
		})
	}
}

// TestAskWaits: questions in one session are sent one at a time, each with its own timeout. A caller that leaves while it waits sends none.
func TestAskWaits(t *testing.T) {
	t.Parallel()
	s := serviceOverHTTP(t, mockhub.Quirks{})
	hold, reached := make(chan struct{}), make(chan struct{}, 1)
	s.Inject(mockhub.Fault{Route: streamRoute, Hold: hold, HoldAfter: 9, Reached: reached})
	var first sync.WaitGroup
	first.Go(func() {
		if _, err := s.ask(t.Context(), "First?"); err != nil {
			t.Error(err)
		}
	})
	<-reached
	ctx, cancel := context.WithCancelCause(t.Context())
	impatient := errors.New("impatient")
	cancel(impatient)
	if _, err := s.ask(ctx, "Second?"); !errors.Is(err, impatient) || s.Count(streamRoute) != 1 {
		t.Errorf("%v, %d questions", err, s.Count(streamRoute))
	}
	close(hold)
	first.Wait()
}

// TestAskInTheMiddle: a caller that leaves during the answer gets the id of the stored message.
func TestAskInTheMiddle(t *testing.T) {
	t.Parallel()
	for _, first := range []bool{false, true} {
		t.Run(fmt.Sprintf("stored first %t", first), func(t *testing.T) {
			t.Parallel()
			s := serviceOverHTTP(t, mockhub.Quirks{MessageStoredFirst: first})
			hold, reached := make(chan struct{}), make(chan struct{}, 1)
			defer close(hold)
			s.Inject(mockhub.Fault{Route: streamRoute, Hold: hold, HoldAfter: 3, Reached: reached})
			ctx, cancel := context.WithCancel(t.Context())
			go func() { <-reached; cancel() }()
			m, err := s.ask(ctx, hello)
			s.once(t, true)
			id := ID(s.stored()[0].UUID)
			if lists := s.Count(messagesRoute) - 1; lists != 1 { // one list was before the question
				t.Errorf("%d lists for a caller that has left, want one", lists)
			}
			if err == nil { // the service had stored the complete message
				if m.ID != id || *m.Response != mockhub.NoAnswer {
					t.Errorf("%+v", m)
				}
				return
			}
			if e := asked(t, err); e.ID != id || m.ID != id || !errors.Is(err, context.Canceled) || !strings.HasPrefix(mockhub.NoAnswer, e.Received) {
				t.Errorf("%+v, %+v", m, e)
			}
		})
	}
}

// TestAskListsThatFail: a failed list is sent again. If all fail, the error contains what was received.
func TestAskListsThatFail(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		times int
		want  string
	}{"for a while": {3, ""}, "for ever": {-1, "could not be listed"}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s := serviceInProcess(t, mockhub.Quirks{})
				s.Inject(mockhub.Fault{Route: messagesRoute, Skip: 1, Times: c.times, Status: 500})
				begin := time.Now()
				_, err := s.ask(t.Context(), hello)
				s.once(t, true)
				if c.want == "" {
					if err != nil {
						t.Error(err)
					}
					return
				}
				if e := asked(t, err); !strings.Contains(e.Reason, c.want) || e.Received != mockhub.NoAnswer || time.Since(begin) > 2*time.Minute {
					t.Errorf("%+v after %s", e, time.Since(begin))
				}
			})
		})
	}
}
