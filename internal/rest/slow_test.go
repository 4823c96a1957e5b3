package rest

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest/resttest"
)

// trickle is a body of which one byte arrives after each pause.
type trickle struct {
	left  int
	pause time.Duration
	done  <-chan struct{}
}

func (b *trickle) Read(p []byte) (int, error) {
	if b.left == 0 {
		return 0, io.EOF
	}
	select {
	case <-b.done:
		return 0, context.Canceled
	case <-time.After(b.pause):
	}
	b.left--
	p[0] = 'x'
	return 1, nil
}

func (*trickle) Close() error { return nil }

// TestSlowBytes: an answer of which a byte arrives now and then ends with request_timeout, and one to a question with maxCall (goals.md S4).
func TestSlowBytes(t *testing.T) {
	t.Parallel()
	question := Create("/session/{uuid}/message/stream", someID)
	for name, tc := range map[string]struct {
		status   int
		send     func(context.Context, *Client) error
		requests int
		least    time.Duration
		words    string
	}{
		"list":               {200, read, 3, 21 * time.Second, "no complete answer within 7s"},
		"refusal":            {403, read, 1, 7 * time.Second, "403 Forbidden: x"},
		"refusal of a write": {422, createBot, 1, 7 * time.Second, "422 Unprocessable Entity: x"},
		"transcript": {200, func(ctx context.Context, c *Client) error {
			_, err := CallText(ctx, c, Get("/session/{uuid}/messages/plain-text", someID), nil)
			return err
		}, 3, 21 * time.Second, "no complete answer within 7s"},
		"refusal of a question": {403, func(ctx context.Context, c *Client) error {
			_, err := CallText(ctx, c, question, nil)
			return err
		}, 1, 7 * time.Second, "403 Forbidden: x"},
		"answer": {200, func(ctx context.Context, c *Client) error {
			_, err := CallText(ctx, c, question, nil)
			if e, _ := errors.AsType[*TransportError](err); e == nil || len(e.Received) < 239 {
				t.Errorf("what was received is lost: %v", e)
			}
			return err
		}, 1, maxCall, "the answer takes too long: it did not end within 20m0s"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				requests := 0
				c := offline(t, func(r *http.Request) (*http.Response, error) {
					requests++
					if trace := httptrace.ContextClientTrace(r.Context()); trace != nil {
						trace.GotConn(httptrace.GotConnInfo{})
					}
					resp := resttest.Reply(tc.status, "", "Content-Type", "text/plain")
					if name == "list" {
						resp.Header.Set("Content-Type", "application/json")
					}
					resp.Body, resp.ContentLength = &trickle{left: 10000, pause: 5 * time.Second, done: r.Context().Done()}, -1
					return resp, nil
				}, func(cfg *Config) { cfg.RequestTimeout = 7 * time.Second })
				begin := time.Now()
				err := tc.send(t.Context(), c)
				if took := time.Since(begin); err == nil || !strings.Contains(err.Error(), tc.words) || requests != tc.requests || took < tc.least || took > tc.least+time.Second {
					t.Errorf("%v after %s and %d requests, want %q after %s and %d", err, took, requests, tc.words, tc.least, tc.requests)
				}
			})
		})
	}
}

// slowThing takes a second to be decoded.
type slowThing struct{}

// UnmarshalJSON implements json.Unmarshaler.
func (*slowThing) UnmarshalJSON([]byte) error {
	time.Sleep(time.Second)
	return nil
}

// slowThings is a list of them.
type slowThings []slowThing

// DecodeList implements List.
func (l *slowThings) DecodeList(raw []byte, goOn func() error) error {
	n, err := CountObjects(raw)
	if err == nil {
		*l, err = DecodeObjects(raw, n, func(*slowThing) error { return goOn() })
	}
	return err
}

// TestSlowDecoding: request_timeout limits the decoding of an answer, too, and the request is not sent again (goals.md S4).
func TestSlowDecoding(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		requests := 0
		element := `{"a":"` + strings.Repeat("x", maxBatch) + `"}`
		c := offline(t, func(*http.Request) (*http.Response, error) {
			requests++
			time.Sleep(4 * time.Second)
			return resttest.Reply(http.StatusOK, "["+strings.Repeat(element+",", 99)+element+"]"), nil
		}, func(cfg *Config) { cfg.RequestTimeout = 8 * time.Second })
		begin := time.Now()
		_, err := Call[slowThings](t.Context(), c, Get("/chatbots"), nil)
		const want = "GET /chatbots: the answer cannot be used: timeout: it could not be decoded in time"
		if took := time.Since(begin); err == nil || err.Error() != want || requests != 1 || took > 10*time.Second {
			t.Errorf("%v after %s and %d requests", err, took, requests)
		}
	})
}

// TestSlowHeader: a header of which a byte arrives now and then ends with request_timeout (goals.md S4).
func TestSlowHeader(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := clientFor(t, "http://localhost", func(cfg *Config) { cfg.MaxRetries, cfg.RequestTimeout = 0, 7*time.Second })
		network, connections := transportOf(c).network.(*http.Transport), 0
		var serving sync.WaitGroup
		defer serving.Wait()
		network.DialContext = func(context.Context, string, string) (net.Conn, error) {
			connections++
			own, service := net.Pipe()
			requested := make(chan struct{})
			serving.Go(func() {
				_, _ = service.Read(make([]byte, 1))
				close(requested)
				_, _ = io.Copy(io.Discard, service)
			})
			serving.Go(func() {
				defer func() { _ = service.Close() }()
				<-requested // the client takes an earlier answer for that of another request
				for text := "HTTP/1.1 200 OK\r\nX-A: "; ; text = "a" {
					if _, err := io.WriteString(service, text); err != nil {
						return
					}
					time.Sleep(time.Second)
				}
			})
			return own, nil
		}
		begin := time.Now()
		err := read(t.Context(), c)
		if took := time.Since(begin); err == nil || !strings.Contains(err.Error(), "no complete answer within 7s") || took > 8*time.Second || connections != 1 {
			t.Errorf("%v after %s and %d connections", err, took, connections)
		}
	})
}
