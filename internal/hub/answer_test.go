package hub

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest/resttest"
)

// TestLaggingLists: a message that is listed late is found, after a complete answer and after a lost one.
func TestLaggingLists(t *testing.T) {
	t.Parallel()
	for _, first := range []bool{false, true} {
		for _, lost := range []bool{false, true} {
			t.Run(fmt.Sprintf("stored first %t, lost %t", first, lost), func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					s := serviceInProcess(t, mockhub.Quirks{MessageStoredFirst: first, ListLag: 4 * time.Second})
					lag := 4 * time.Second
					if lost {
						lag = 30 * time.Second
						s.SetQuirks(func(q *mockhub.Quirks) { q.ListLag = lag })
						s.Inject(mockhub.Fault{Route: streamRoute, Truncate: 9})
					}
					source := s.addAnswer(hello, "Me.")
					begin := time.Now()
					m, err := s.ask(t.Context(), hello)
					if took := time.Since(begin); err != nil || *m.Response != "Me." || *m.FinishReason != "stop" || took < lag || took > 2*lag {
						t.Fatalf("%+v, %v after %s", m, err, took)
					}
					if cited := m.Citations(); len(cited) != 1 || string(cited[0].SourceID) != source {
						t.Errorf("%+v", cited)
					}
					s.once(t, true)
				})
			})
		}
	}
}

// TestStillAnswering: if the connection breaks and the service continues to answer, the client waits for the complete message.
func TestStillAnswering(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := serviceInProcess(t, mockhub.Quirks{})
		next := networkOf(s.Client).next
		networkOf(s.Client).next = tripFunc(func(r *http.Request) (*http.Response, error) {
			if r.Method == http.MethodGet {
				return next.RoundTrip(r)
			}
			connected(r)
			id := s.AddMessage(string(s.session), mockhub.Message{Query: hello, Response: "At", Pending: true})
			time.AfterFunc(20*time.Second, func() {
				s.EditMessage(id, func(m *mockhub.Message) { m.Response, m.FinishReason, m.Pending = "At nine.", "stop", false })
			})
			return nil, io.ErrUnexpectedEOF
		})
		if m, err := s.ask(t.Context(), hello); err != nil || *m.Response != "At nine." {
			t.Errorf("%+v, %v", m, err)
		}
	})
}

// TestUnfinishedMessages: a message that never gets a finish_reason, or a text other than the one that was sent, is accepted after the timeout.
func TestUnfinishedMessages(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		message mockhub.Message
		want    string
	}{
		"never finished": {mockhub.Message{Pending: true}, mockhub.NoAnswer},
		"another text":   {mockhub.Message{Response: "In other words.", FinishReason: "stop"}, "In other words."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s := serviceInProcess(t, mockhub.Quirks{AnswerFails: "broken_lost"})
				next := networkOf(s.Client).next
				networkOf(s.Client).next = tripFunc(func(r *http.Request) (*http.Response, error) {
					if r.Method == http.MethodPost {
						c.message.Query = hello
						s.AddMessage(string(s.session), c.message)
						return resttest.Reply(http.StatusOK, mockhub.NoAnswer, "Content-Type", "text/plain"), nil
					}
					return next.RoundTrip(r)
				})
				begin := time.Now()
				m, err := s.ask(t.Context(), hello)
				if took := time.Since(begin); err != nil || *m.Response != c.want || took < 5*time.Second || took > 15*time.Second {
					t.Errorf("%+v, %v after %s", m, err, took)
				}
			})
		})
	}
}

// TestNoMessage: if a complete answer was received and no list has the message, the error contains the answer.
func TestNoMessage(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{"Hi!": "an answer was received, but", " \n": "the answer is empty, and"} {
		synctest.Test(t, func(t *testing.T) {
			c := offline(t, func(r *http.Request) (*http.Response, error) {
				if r.Method == http.MethodGet {
					return resttest.Reply(http.StatusOK, `[]`), nil
				}
				return resttest.Reply(http.StatusOK, text, "Content-Type", "text/plain"), nil
			})
			_, err := c.Ask(t.Context(), someID, hello)
			if e := asked(t, err); e.Received != text || !strings.HasPrefix(e.Reason, want) || e.ID != "" {
				t.Errorf("%+v", e)
			}
		})
	}
}
