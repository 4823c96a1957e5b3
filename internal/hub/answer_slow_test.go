package hub

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest/resttest"
)

// slowBody is a body that returns one byte after each pause, until the caller leaves.
type slowBody struct {
	text   string
	pause  time.Duration
	stalls bool // the body does not end after the text
	left   <-chan struct{}
}

func (d *slowBody) Read(p []byte) (int, error) {
	switch {
	case d.text == "" && d.stalls:
		<-d.left
		return 0, context.Canceled
	case d.text == "":
		return 0, io.EOF
	}
	select {
	case <-d.left:
		return 0, context.Canceled
	case <-time.After(d.pause):
	}
	p[0], d.text = d.text[0], d.text[1:]
	return 1, nil
}

func (*slowBody) Close() error { return nil }

// streaming returns a client of a service that answers slowly, and stores messages with the whole text.
func streaming(t *testing.T, text string, pause time.Duration, stalls bool) (c *Client, questions *int) {
	t.Helper()
	questions = new(int)
	var mu sync.Mutex
	return offline(t, func(r *http.Request) (*http.Response, error) {
		mu.Lock()
		defer mu.Unlock()
		if r.Method == http.MethodGet {
			list := []string{}
			for i := range *questions {
				list = append(list, fmt.Sprintf(`{"uuid":"%032d","query":%q,"response":%q,"finish_reason":"stop","cite_data_json":"{}"}`, i, hello, text))
			}
			return resttest.Reply(http.StatusOK, "["+strings.Join(list, ",")+"]"), nil
		}
		*questions++
		resp := resttest.Reply(http.StatusOK, "", "Content-Type", "text/plain; charset=utf-8")
		connected(r)
		body := &slowBody{text: text, pause: pause, stalls: stalls, left: r.Context().Done()}
		if stalls {
			body.text = text[:3]
		}
		resp.Body, resp.ContentLength = body, -1
		return resp, nil
	}, func(cfg *Config) { cfg.RequestTimeout = 7 * time.Second }), questions
}

// TestSlowAnswers: an answer may take longer than request_timeout while data arrives, and the wait for earlier questions is not limited.
func TestSlowAnswers(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		text := strings.Repeat("0123456789", 12) // of 6 s each, which is 12 minutes
		c, _ := streaming(t, text, 6*time.Second, false)
		begin := time.Now()
		var asked sync.WaitGroup
		for range 2 {
			asked.Go(func() {
				if m, err := c.Ask(t.Context(), someID, hello); err != nil || *m.Response != text {
					t.Errorf("%+v, %v", m, err)
				}
			})
		}
		asked.Wait()
		if d := time.Since(begin); d < 24*time.Minute || d > 25*time.Minute {
			t.Errorf("two answers took %s", d)
		}
	})
}

// TestEndlessAnswers: an answer that does not end is cancelled, and the question is not sent again.
func TestEndlessAnswers(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c, questions := streaming(t, strings.Repeat("x", 1000), 6*time.Second, false)
		begin := time.Now()
		_, err := c.Ask(t.Context(), someID, hello)
		if d := time.Since(begin); d > askTimeout+time.Minute || *questions != 1 {
			t.Errorf("%v after %s, %d questions", err, d, *questions)
		}
	})
}

// TestStalledAnswers: if no data arrives for request_timeout, the message is read from the list.
func TestStalledAnswers(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{"to be found": "abcdef", "of another text": "xyzdef"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				c, questions := streaming(t, want, time.Second, true)
				if name == "of another text" { // the stored answer does not begin with what was received
					next := networkOf(c).next
					networkOf(c).next = tripFunc(func(r *http.Request) (*http.Response, error) {
						resp, err := next.RoundTrip(r)
						if r.Method == http.MethodPost {
							resp.Body.(*slowBody).text = "abc"
						}
						return resp, err
					})
				}
				begin := time.Now()
				m, err := c.Ask(t.Context(), someID, hello)
				took := time.Since(begin)
				if *questions != 1 {
					t.Errorf("%d questions", *questions)
				}
				if name == "to be found" {
					if err != nil || *m.Response != want || took > 11*time.Second {
						t.Errorf("%+v, %v after %s", m, err, took)
					}
					return
				}
				if e := asked(t, err); e.Received != "abc" || !strings.Contains(e.Reason, "nothing was received for 7s") || e.ID != m.ID || took < time.Minute || took > 90*time.Second {
					t.Errorf("%+v after %s", e, took)
				}
			})
		})
	}
}

// TestCallerLeaves: after the caller has left, the answer may continue for AnswerGrace. Then one list finds the message.
func TestCallerLeaves(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := serviceInProcess(t, mockhub.Quirks{})
		ctx, cancel := context.WithCancel(t.Context())
		next := networkOf(s.Client).next
		var id string
		networkOf(s.Client).next = tripFunc(func(r *http.Request) (*http.Response, error) {
			if r.Method == http.MethodGet {
				return next.RoundTrip(r)
			}
			connected(r)
			id = s.AddMessage(string(s.session), mockhub.Message{Query: hello, Pending: true})
			cancel()
			<-r.Context().Done()
			return nil, r.Context().Err()
		})
		begin := time.Now()
		m, err := s.ask(ctx, hello)
		if e := asked(t, err); string(e.ID) != id || m.ID != e.ID || !errors.Is(err, context.Canceled) {
			t.Errorf("%+v, %+v", m, e)
		}
		if lists, took := s.Count(messagesRoute)-1, time.Since(begin); lists != 1 || took != rest.AnswerGrace { // one list was before the question
			t.Errorf("%d lists in %s", lists, took)
		}
	})
}
