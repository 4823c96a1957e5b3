package hub

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest/resttest"
)

// TestSameText: if the same question is asked several times in a session, each caller gets a different message.
func TestSameText(t *testing.T) {
	t.Parallel()
	for name, quirks := range map[string]mockhub.Quirks{"plain": {}, "stored first": {MessageStoredFirst: true}, "newest first": {ListNewestFirst: true}} {
		for _, fault := range []mockhub.Fault{{}, {Truncate: 11, Times: -1}, {Process: true, Status: 502, Times: -1}} {
			t.Run(fmt.Sprintf("%s, cut %d, status %d", name, fault.Truncate, fault.Status), func(t *testing.T) {
				t.Parallel()
				s := serviceOverHTTP(t, quirks)
				older := s.AddMessage(string(s.session), mockhub.Message{Query: hello})
				if fault.Times != 0 {
					fault.Route = streamRoute
					s.Inject(fault)
				}
				var mu sync.Mutex
				got := map[ID]bool{ID(older): true}
				ask := func() {
					m, err := s.ask(t.Context(), hello)
					if err != nil || *m.Response != mockhub.NoAnswer {
						t.Errorf("%+v, %v", m, err)
					}
					mu.Lock()
					defer mu.Unlock()
					got[m.ID] = true
				}
				ask()
				var parallel sync.WaitGroup
				for range 5 {
					parallel.Go(ask)
				}
				parallel.Wait()
				if len(got) != 7 || s.Answers() != 6 || s.Count(streamRoute) != 6 {
					t.Errorf("%d messages of %d answers to %d requests, want one each", len(got), s.Answers(), s.Count(streamRoute))
				}
			})
		}
	}
}

// TestOlderMessage: an older message with the same text is never returned as the answer.
func TestOlderMessage(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]mockhub.Fault{"503": {Status: 503}, "reset": {Drop: true}, "lost": {Truncate: 7}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s := serviceInProcess(t, mockhub.Quirks{})
				query := hello
				if name == "lost" {
					query = "fail-broken_lost:" + hello
				}
				s.AddMessage(string(s.session), mockhub.Message{Query: query})
				f := fault
				f.Route = streamRoute
				s.Inject(f)
				m, err := s.ask(t.Context(), query)
				if e := asked(t, err); m.ID != "" || e.ID != "" || len(e.Candidates) != 0 {
					t.Errorf("%+v, %+v", m, e)
				}
			})
		})
	}
}

// TestIncompleteListBefore: if the list from before the question lacks an older message with the same text, that message is not a candidate.
// The service's clock shows that it is older.
func TestIncompleteListBefore(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]mockhub.Fault{"answered": {}, "answer lost": {Route: streamRoute, Process: true, Status: 502}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s := serviceInProcess(t, mockhub.Quirks{})
				older := s.AddMessage(string(s.session), mockhub.Message{Query: hello, Response: mockhub.NoAnswer})
				time.Sleep(2 * time.Second)
				s.Inject(mockhub.Fault{Route: messagesRoute, Mutate: func([]byte) []byte { return []byte("[]") }})
				if fault.Route != "" {
					s.Inject(fault)
				}
				m, err := s.ask(t.Context(), hello)
				s.once(t, true)
				if err != nil || string(m.ID) == older || m.ID == "" {
					t.Errorf("%+v, %v, want the new message beside %s", m, err, older)
				}
			})
		})
	}
}

// TestForeignMessage: another client asks the same question in the same session at the same time.
func TestForeignMessage(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		foreign string
		fault   mockhub.Fault
		unique  bool
	}{
		"another answer":          {"Who wants to know?", mockhub.Fault{}, true},
		"the same answer":         {mockhub.NoAnswer, mockhub.Fault{}, false},
		"another answer, cut":     {"Who wants to know?", mockhub.Fault{Truncate: 40}, true},
		"the same answer, cut":    {mockhub.NoAnswer, mockhub.Fault{Truncate: 40}, false},
		"another answer, no word": {"Who wants to know?", mockhub.Fault{Truncate: -1}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := serviceOverHTTP(t, mockhub.Quirks{})
			hold, reached := make(chan struct{}), make(chan struct{}, 1)
			f := c.fault
			f.Route, f.Process, f.Hold, f.Reached = streamRoute, true, hold, reached
			s.Inject(f)
			var foreign string
			go func() {
				<-reached
				foreign = s.AddMessage(string(s.session), mockhub.Message{Query: " " + hello, Response: c.foreign})
				close(hold)
			}()
			m, err := s.ask(t.Context(), hello)
			s.once(t, true)
			stored := s.stored()
			own := stored[0].UUID
			if own == foreign {
				own = stored[1].UUID
			}
			if c.unique {
				if err != nil || string(m.ID) != own {
					t.Errorf("%+v, %v, want message %s", m, err, own)
				}
				return
			}
			if e := asked(t, err); !sameIDs(e.Candidates, own, foreign) || e.ID != "" || !strings.Contains(e.Reason, "2 new messages") {
				t.Errorf("%+v, want the candidates %s and %s", e, own, foreign)
			}
		})
	}
}

// TestAnswersKeepSecrets: an error that quotes an answer does not contain the API key.
func TestAnswersKeepSecrets(t *testing.T) {
	t.Parallel()
	s := serviceOverHTTP(t, mockhub.Quirks{AnswerFails: "error_message"})
	s.addAnswer(hello, resttest.APIKey+strings.Repeat("x", 2*len(resttest.APIKey)))
	_, err := s.ask(t.Context(), hello)
	if e := asked(t, err); strings.Contains(e.Received+e.Reason, resttest.APIKey) || !strings.Contains(e.Received, "(API key)") {
		t.Errorf("%+v", e)
	}
}
